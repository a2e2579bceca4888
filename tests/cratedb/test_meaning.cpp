// What answers of CrateDB mean, held against the recordings of a real one.
#include "libfacetrack/cratedb/meaning.h"
#include "tests/fake_cratedb/recordings.h"

#include <QTest>
#include <map>

using namespace facetrack;
using namespace facetrack::cratedb;

namespace {

std::map<QString, Exchange> recorded()
{
    std::map<QString, Exchange> all;
    for (const char *file : {"01-ddl.ndjson", "02-insert.ndjson", "03-select-and-errors.ndjson",
                             "04-http.ndjson", "05-auth.ndjson", "05b-auth-jwt.ndjson",
                             "07b-degraded.ndjson", "07c-no-master.ndjson"}) {
        for (Exchange &exchange : loadRecording(recordingsFolder(), QLatin1String(file)))
            all.emplace(exchange.name, std::move(exchange));
    }
    return all;
}

struct Expected
{
    const char *name;
    Verdict verdict;
};

constexpr Expected requests[] = {
    {"bulk_3_rows", Verdict::Done},
    {"bulk_same_3_again_do_nothing", Verdict::Done},
    {"bulk_0_rows", Verdict::Done},
    {"args_insert_not_null", Verdict::Divide},
    {"args_insert_strict_obj", Verdict::Divide},
    {"ro_bulk_insert", Verdict::Blocked},
    {"closed_insert_bulk", Verdict::Blocked},
    {"insert_unknown_table", Verdict::Permanent},
    {"insert_unknown_schema", Verdict::Permanent},
    {"bulk_strict_table_unknown_column", Verdict::Permanent},
    {"viewer_insert", Verdict::Permanent},          // no privilege
    {"agent_insert_no_grant", Verdict::Permanent},  // none on the schema
    {"wrong_password", Verdict::Permanent},
    {"unknown_user", Verdict::Permanent},
    {"malformed_basic", Verdict::Permanent},
    {"jwt_expired", Verdict::Permanent},
    {"jwt_bad_signature", Verdict::Permanent},
    {"jwt_garbage", Verdict::Permanent},
    {"body_over_100mb_content_length", Verdict::TooLarge},
    {"gzip_bomb_over_100mb_inflated", Verdict::TooLarge},
    {"malformed_json", Verdict::Permanent},
    {"unknown_key", Verdict::Permanent},
    {"nan_arg", Verdict::Permanent},
    {"empty_body", Verdict::Permanent},
    {"syntax_error", Verdict::Permanent},
    {"bulk_on_conflict_target_incomplete", Verdict::Permanent},
    {"bulk_too_few_args_all", Verdict::Permanent},
    {"bulk_args_not_array", Verdict::Permanent},
    {"bulk_args_row_not_array", Verdict::Permanent},
    {"empty_stmt", Verdict::Permanent},
    {"nr_args_single_0", Verdict::Passing},         // primary missing
    {"fo_args_insert_no_master", Verdict::Passing},
    {"fo_bulk_insert_new_partition_no_master", Verdict::Passing},
    {"fo_bulk_insert_no_master", Verdict::Done},    // each row says so
    {"get_unknown", Verdict::Permanent},
};

} // namespace

class TestMeaning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (recordingsFolder().isEmpty())
            QSKIP("no recordings: set FACETRACK_CRATEDB_RECORDINGS");
        m_recorded = recorded();
    }

    void requestsMean_data()
    {
        QTest::addColumn<int>("verdict");
        for (const Expected &expected : requests)
            QTest::newRow(expected.name) << static_cast<int>(expected.verdict);
    }

    void requestsMean()
    {
        QFETCH(int, verdict);
        const auto found = m_recorded.find(QLatin1String(QTest::currentDataTag()));
        QVERIFY(found != m_recorded.end());
        const Exchange &exchange = found->second;
        const Answer answer = readAnswer(exchange.answer);
        const Meaning meaning = meaningOf(exchange.status, answer);
        QVERIFY2(static_cast<int>(meaning.verdict) == verdict, meaning.error.message.c_str());
        if (meaning.verdict != Verdict::Done)
            QVERIFY(!meaning.error.message.empty());
        // What was sent may be secret, and megabytes long.
        QVERIFY(meaning.error.message.size() < 400);
        if (answer.message.starts_with("SQLParseException[Can't parse ["))
            QVERIFY(meaning.error.message.find("stmt") == std::string::npos);
    }

    void everyValueThatDoesNotCastIsLookedFor()
    {
        int casts = 0;
        for (const auto &[name, exchange] : m_recorded) {
            const Answer answer = readAnswer(exchange.answer);
            if (exchange.status != 400
                || answer.message.find("Cannot cast value") == std::string::npos)
                continue;
            ++casts;
            QCOMPARE(meaningOf(400, answer).verdict, Verdict::Divide);
        }
        QVERIFY(casts >= 3);
    }

    void everyRecordedRowMeansWhatItsCodeSays()
    {
        std::map<int, int> seen;
        for (const auto &[name, exchange] : m_recorded) {
            if (exchange.status != 200)
                continue;
            for (const RowAnswer &row : readAnswer(exchange.answer).rows) {
                const RowVerdict verdict = meaningOf(row);
                const RowVerdict expected = row.rowcount >= 0    ? RowVerdict::Delivered
                                            : row.code == 4000   ? RowVerdict::Refused
                                            : row.code == 4035   ? RowVerdict::Blocked
                                            : row.code == 4037   ? RowVerdict::Blocked
                                                                 : RowVerdict::Retry;
                QVERIFY2(verdict == expected, qPrintable(name));
                ++seen[row.code];
                if (row.rowcount < 0 && row.code != 0)
                    QVERIFY2(!row.message.empty(), qPrintable(name));
            }
        }
        for (const int code : {0, 4000, 4091, 5002, 5031})
            QVERIFY2(seen[code] > 0, qPrintable(QString::number(code)));
    }

    void aRowThatFailedWithoutAReasonIsInDoubt()
    {
        QCOMPARE(meaningOf(RowAnswer{-2, 0, {}}), RowVerdict::Retry);
        QCOMPARE(meaningOf(RowAnswer{-2, 4091, "DuplicateKeyException[]"}), RowVerdict::Retry);
        QCOMPARE(meaningOf(RowAnswer{-2, 4999, "new in a later version"}), RowVerdict::Blocked);
        QCOMPARE(meaningOf(RowAnswer{0, 0, {}}), RowVerdict::Delivered);
    }

    void theRowsOfABulkAreReadInOrder()
    {
        const Answer answer = readAnswer(
            R"({"cols":[],"duration":1.5,"results":[{"rowcount":1},{"rowcount":-2,"error":)"
            R"({"code":4000,"message":"no"}},{"rowcount":0},{"rowcount":-2}]})");
        QCOMPARE(answer.rows.size(), std::size_t(4));
        QCOMPARE(answer.rows[0].rowcount, std::int64_t(1));
        QCOMPARE(answer.rows[1].code, 4000);
        QCOMPARE(answer.rows[1].message, std::string("no"));
        QCOMPARE(answer.rows[2].rowcount, std::int64_t(0));
        QCOMPARE(answer.rows[3].code, 0);
        QVERIFY(answer.isJson && answer.code == 0);
    }

    void aMissingPrivilegeIsNamed()
    {
        const auto advice = [](const char *message) {
            return meaningOf(401, Answer{4011, message, true, {}}).error.advice;
        };
        const std::string ddl = advice("MissingPrivilegeException[Missing 'DDL' privilege for user 'pi']");
        QVERIFY2(ddl.starts_with("GRANT DDL ON SCHEMA … TO \"pi\""), ddl.c_str());
        QVERIFY(ddl.find("database.schema") != std::string::npos);
        QCOMPARE(advice("MissingPrivilegeException[Missing 'AL' privilege for user 'a']"),
                 std::string("GRANT AL TO \"a\""));
        const std::string other = advice("no");
        QVERIFY2(other.starts_with("GRANT DML ON SCHEMA … TO that user"), other.c_str());
    }

    void whatIsNoCrateDbIsNotTakenForOne()
    {
        for (const char *body : {"", "<html>It works!</html>", "[]", "{\"results\":[{\"rowcou",
                                 "{\"results\":[]} trailing"}) {
            const Answer answer = readAnswer(body);
            QVERIFY(!answer.isJson);
            QCOMPARE(meaningOf(200, answer).verdict, Verdict::Permanent);
        }
        QCOMPARE(meaningOf(302, readAnswer("")).verdict, Verdict::Permanent);
        QCOMPARE(meaningOf(502, readAnswer("<html>")).verdict, Verdict::Passing);
    }

private:
    std::map<QString, Exchange> m_recorded;
};

QTEST_GUILESS_MAIN(TestMeaning)
#include "test_meaning.moc"
