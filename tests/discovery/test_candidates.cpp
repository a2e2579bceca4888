// How what is known of addresses becomes one list of agents.
#include "libfacetrack/discovery/candidate.h"

#include <QTest>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

Candidate at(const std::string &url, const std::string &id = {})
{
    Candidate candidate;
    candidate.url = url;
    candidate.id = id;
    return candidate;
}

ProbeAnswer answerOf(const std::string &id)
{
    ProbeAnswer answer;
    answer.answered = true;
    answer.id = id;
    answer.name = "desk";
    return answer;
}

ProbeAnswer silence(bool surely = false)
{
    ProbeAnswer answer;
    answer.surely = surely;
    answer.trouble = "no route";
    return answer;
}

} // namespace

class TestCandidates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesOfOneIdAreOneAgent()
    {
        Candidates all;
        Candidate saved = at("https://10.0.0.1:7420", "pi-1");
        saved.by.saved = true;
        saved.lastSeen = UtcTime(5);
        Candidate seen = at("https://10.0.0.9:7420", "pi-1");
        seen.by.dnsSd = true;
        seen.answers = true;
        seen.name = "desk";
        all[saved.url] = saved;
        all[seen.url] = seen;
        all["https://10.0.0.2:7420"] = at("https://10.0.0.2:7420", "pi-2");
        const auto agents = merged(all);
        QCOMPARE(agents.size(), std::size_t(2));
        QCOMPARE(agents[0].id, std::string("pi-1"));
        QCOMPARE(agents[0].name, std::string("desk"));
        QCOMPARE(agents[0].address, seen.url); // the one that answers
        QCOMPARE(agents[0].addresses.size(), std::size_t(2));
        QVERIFY(agents[0].by == (FoundBy{true, true, false}));
        QVERIFY(agents[0].lastSeen == UtcTime(5));
    }

    void addressesWithoutAnIdStayApart()
    {
        Candidates all;
        all["https://a:1"] = at("https://a:1");
        all["https://b:1"] = at("https://b:1");
        QCOMPARE(merged(all).size(), std::size_t(2));
        QVERIFY(!merged(all)[0].answers.has_value());
    }

    void oneNameMayBeOfTwoAgents()
    {
        Candidates all;
        for (const char *id : {"pi-1", "pi-2"}) {
            Candidate one = at(std::string("https://") + id, id);
            one.name = "desk";
            all[one.url] = one;
        }
        QCOMPARE(merged(all).size(), std::size_t(2));
    }

    void oneLostQuestionIsNotALostAgent()
    {
        Candidate one = at("https://a:1");
        note(one, answerOf("pi-1"), 0s, UtcTime(1));
        QCOMPARE(one.answers, std::optional(true));
        note(one, silence(), 5s, UtcTime(2));
        QCOMPARE(one.answers, std::optional(true));
        QVERIFY(one.askAt - MonotonicTime(5s) <= 1s);
        note(one, silence(), 6s, UtcTime(3));
        QCOMPARE(one.answers, std::optional(false));
        QCOMPARE(one.trouble, std::string("no route"));
        QVERIFY(one.lastSeen == UtcTime(1));
    }

    void whoRefusesIsLostAtOnce()
    {
        Candidate one = at("https://a:1");
        note(one, answerOf("pi-1"), 0s, UtcTime(1));
        note(one, silence(true), 4s, UtcTime(2));
        QCOMPARE(one.answers, std::optional(false));
    }

    void theLostAreAskedMoreAndMoreSeldom()
    {
        Candidate one = at("https://a:1");
        MonotonicTime now{0};
        for (int i = 0; i < 20; ++i) {
            note(one, silence(), now, UtcTime(0));
            now = one.askAt;
        }
        QVERIFY(one.pause == 30s);
        note(one, answerOf("pi-1"), now, UtcTime(9));
        QVERIFY(one.pause < 5s);
        QCOMPARE(one.answers, std::optional(true));
        QVERIFY(one.trouble.empty());
    }

    void anotherAgentAtAnAddressIsAnotherAgent()
    {
        Candidates all;
        Candidate &one = all["https://a:1"] = at("https://a:1", "pi-1");
        note(one, answerOf("pi-2"), 0s, UtcTime(1));
        QCOMPARE(merged(all)[0].id, std::string("pi-2"));
    }
};

QTEST_GUILESS_MAIN(TestCandidates)
#include "test_candidates.moc"
