// The dashboard for Grafana: valid, and every query in it runs and says what the simulation made.
#include "libfacetrack/analytics/crate_rollup.h"
#include "libfacetrack/base/iso_time.h"
#include "libfacetrack/store/crate_schema.h"
#include "libfacetrack/store/uploader.h"
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/simulation/event_fixture.h"

#include <QFile>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

using namespace fixture;
using Json = nlohmann::json;

namespace {

Json dashboard()
{
    QFile file(QStringLiteral(GRAFANA_FOLDER "/dashboards/facetrack.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    return Json::parse(text.begin(), text.end(), nullptr, false);
}

std::string replaced(std::string text, const std::string &from, const std::string &to)
{
    for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size())
        text.replace(at, from.size(), to);
    return text;
}

/// As Grafana's PostgreSQL data source documents its macros, and dashboards their variables.
std::string expanded(const std::string &sql, Span span)
{
    const std::string from = isoTime(UtcTime(span.from * 60'000));
    const std::string to = isoTime(UtcTime(span.to * 60'000 - 1));
    std::string text = std::regex_replace(sql, std::regex(R"(\$__timeFilter\(([^)]*)\))"),
                                          "$1 BETWEEN '" + from + "' AND '" + to + "'");
    text = replaced(text, "${agent:sqlstring}", "'pi-ber-1','pi-ber-2','pi-ber-3'");
    text = replaced(text, "${step}", "15 minutes");
    return replaced(text, "${tz}", "Europe/Berlin");
}

/// All queries with the titles of their panels.
std::vector<std::pair<std::string, std::string>> queries(const Json &board)
{
    std::vector<std::pair<std::string, std::string>> all;
    for (const Json &panel : board["panels"]) {
        for (const Json &target : panel["targets"])
            all.emplace_back(panel["title"].get<std::string>(), target["rawSql"].get<std::string>());
    }
    for (const Json &note : board["annotations"]["list"])
        all.emplace_back(note["name"].get<std::string>() + " (marks)",
                         note["target"]["rawSql"].get<std::string>());
    for (const Json &variable : board["templating"]["list"]) {
        if (variable["type"] == "query")
            all.emplace_back("variable " + variable["name"].get<std::string>(),
                             variable["query"].get<std::string>());
    }
    return all;
}

} // namespace

class TestGrafana : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_settings.servers.urls = {m_crate.url().toStdString()};
        const auto client = cratedb::Client::make(m_settings.servers).value();
        QVERIFY(applyCrateSchema(*client, {}, [](const std::string &) {}));
        EventJournal past;
        m_truth = past.fill(hardEvent());
        Uploader uploader(past.journal(), [this] { return makeSink(m_settings); }, {});
        uploader.start();
        QTRY_COMPARE_WITH_TIMEOUT(past.journal().state().undelivered, 0U, 60'000);
    }

    void theDashboardIsWhole()
    {
        const Json board = dashboard();
        QVERIFY(board.is_object());
        QCOMPARE(board["uid"], Json("facetrack"));
        std::set<int> ids;
        for (const Json &panel : board["panels"]) {
            QVERIFY(ids.insert(panel["id"].get<int>()).second);
            QVERIFY(!panel["description"].get<std::string>().empty()); // how each measure is made
            const Json &place = panel["gridPos"];
            QVERIFY(place["x"].get<int>() + place["w"].get<int>() <= 24);
            QCOMPARE(panel["datasource"]["uid"], Json("facetrack-cratedb"));
        }
        QVERIFY(ids.size() >= 15);
    }

    void theDataSourceOfTheDashboardIsProvisioned()
    {
        QFile file(QStringLiteral(GRAFANA_FOLDER "/provisioning/datasources/facetrack.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("uid: facetrack-cratedb\n"));
    }

    void everyQueryRuns()
    {
        for (const char *state : {"rows only", "sums and rows", "sums only"}) {
            if (state == std::string("sums and rows"))
                rollUpTo((m_truth.counts.span.from + m_truth.counts.span.to) / 2);
            else if (state == std::string("sums only"))
                rollUpTo(m_truth.counts.span.to + 60);
            for (const auto &[title, sql] : queries(dashboard())) {
                const std::string statement = expanded(sql, m_truth.counts.span);
                QVERIFY2(statement.find('$') == statement.npos, statement.c_str());
                const CrateAnswer answer = m_crate.sql(statement);
                QVERIFY2(answer.status == 200, (title + ": " + answer.body).c_str());
                QVERIFY2(!answer.json()["rows"].empty(), (title + ", " + state).c_str());
            }
            compare();
        }
    }

private:
    void rollUpTo(Minute end)
    {
        const auto client = cratedb::Client::make(m_settings.servers).value();
        QVERIFY(rollUp(*client, "facetrack", UtcTime((end + 2) * 60'000), std::chrono::hours(0),
                       [](const std::string &) {}));
        m_crate.control("POST", "/refresh");
    }

    Json rowsOf(const std::string &title) const
    {
        for (const auto &[name, sql] : queries(dashboard())) {
            if (name == title)
                return m_crate.sql(expanded(sql, m_truth.counts.span)).json()["rows"];
        }
        return {};
    }

    /// Sums of a column.
    static std::uint64_t sumOf(const Json &rows, std::size_t column)
    {
        std::uint64_t sum = 0;
        for (const Json &row : rows)
            sum += row.at(column).get<std::uint64_t>();
        return sum;
    }

    void compare() const
    {
        const Figures all = totals(m_truth.counts);
        QCOMPARE(rowsOf("Visits")[0][0], Json(all.visits));
        QCOMPARE(rowsOf("Face detections")[0][0], Json(all.detections));
        QCOMPARE(rowsOf("Minutes with data, all agents")[0][0], Json(all.minutes));
        QCOMPARE(rowsOf("Simulated pictures")[0][0], Json(all.observations));
        QVERIFY(std::abs(rowsOf("Mean faces visible")[0][0].get<double>() - all.meanFaces()) < 1e-9);
        QCOMPARE(sumOf(rowsOf("Face detections, by agent"), 2), all.detections);
        QCOMPARE(sumOf(rowsOf("Visits, by agent"), 2), all.visits);
        QCOMPARE(sumOf(rowsOf("Share of visits, by agent"), 1), all.visits);
        QCOMPARE(sumOf(rowsOf("How long visits lasted"), 1), all.visits);
        QCOMPARE(sumOf(rowsOf("Where in the picture faces were"), 2), all.detections);
        const auto hours = byHourOfDay(m_truth.counts, *LocalTime::of("Europe/Berlin"));
        const Json busiest = rowsOf("Busiest hours, visits by hour of the clock");
        for (const Json &row : busiest) {
            const auto hour = static_cast<std::size_t>(std::stoi(row[0].get<std::string>()));
            QCOMPARE(row[1], Json(hours[hour].visits));
        }
        QCOMPARE(busiest.size(), std::size_t(24));
        QCOMPARE(sumOf(rowsOf("Day against day, visits by hour of the clock"), 2), all.visits);
    }

    FakeCrate m_crate{{QStringLiteral("--refresh-ms"), QStringLiteral("0")}};
    SinkSettings m_settings;
    EventTruth m_truth;
};

QTEST_GUILESS_MAIN(TestGrafana)
#include "test_grafana.moc"
