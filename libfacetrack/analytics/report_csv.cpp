#include "libfacetrack/analytics/report_csv.h"

#include "libfacetrack/base/file_text.h"
#include "libfacetrack/base/iso_time.h"

#include <charconv>
#include <system_error>

namespace facetrack {

namespace {

/// Lines of fields.
class CsvWriter
{
public:
    explicit CsvWriter(std::initializer_list<const char *> head)
    {
        for (const char *name : head)
            text(name);
        end();
    }
    CsvWriter &text(const std::string &value) { return raw(csvField(value)); }
    CsvWriter &number(std::int64_t value) { return raw(std::to_string(value)); }
    CsvWriter &number(std::uint64_t value) { return raw(std::to_string(value)); }
    CsvWriter &number(double value)
    {
        char digits[32];
        const auto end = std::to_chars(digits, digits + sizeof digits, value,
                                       std::chars_format::fixed, 6).ptr;
        return raw(std::string(digits, end));
    }
    CsvWriter &nothing() { return raw({}); }
    /// The three measures, with how much is known; nothing where there is no data.
    CsvWriter &figures(const Figures &figures)
    {
        number(figures.seconds).number(figures.observations);
        if (!figures.hasData())
            return nothing().nothing().nothing();
        return number(figures.detections).number(figures.meanFaces()).number(figures.visits);
    }
    void end()
    {
        m_text += "\r\n";
        m_first = true;
    }
    std::string take() { return std::move(m_text); }

private:
    CsvWriter &raw(const std::string &field)
    {
        if (!std::exchange(m_first, false))
            m_text += ',';
        m_text += field;
        return *this;
    }

    std::string m_text;
    bool m_first = true;
};

std::string dateText(const QDate &date)
{
    return date.toString(Qt::ISODate).toStdString();
}

std::string keyFiguresCsv(const EventReport &report)
{
    CsvWriter csv{"figure", "value", "how it is made"};
    for (const KeyFigure &figure : keyFigures(report))
        csv.text(figure.name).text(figure.value).text(figure.about).end();
    return csv.take();
}

std::string howCountedCsv(const EventReport &report)
{
    CsvWriter csv{"how it was counted"};
    for (const std::string &line : howItWasCounted(report))
        csv.text(line).end();
    return csv.take();
}

std::string daysCsv(const EventReport &report, const LocalTime &local)
{
    CsvWriter csv{"day", "from", "to", "seconds with data", "frames", "face detections", "mean faces",
                  "visits"};
    for (const EventReport::Day &day : report.days)
        csv.text(dateText(day.date)).text(local.text(day.span.from)).text(local.text(day.span.to))
            .figures(day.figures).end();
    return csv.take();
}

std::string hoursCsv(const EventReport &report, const LocalTime &)
{
    CsvWriter csv{"day", "hour", "seconds with data", "frames", "face detections", "mean faces",
                  "visits"};
    for (const EventReport::Hour &hour : report.hours)
        csv.text(dateText(hour.date)).number(std::int64_t{hour.hour}).figures(hour.figures).end();
    return csv.take();
}

std::string minutesCsv(const EventReport &report, const LocalTime &local)
{
    CsvWriter csv{"utc", "local", "agent", "seconds with data", "frames", "face detections",
                  "mean faces", "visits"};
    for (const EventReport::Day &day : report.days) {
        for (Minute minute = day.span.from; minute < day.span.to; ++minute) {
            const auto known = report.minutes.stretches.find(minute);
            for (const auto &[agent, unused] : report.agents) {
                csv.text(isoTime(UtcTime(minute * 60'000))).text(local.text(minute)).text(agent);
                const bool any = known != report.minutes.stretches.end()
                                 && known->second.contains(agent);
                csv.figures(any ? known->second.at(agent) : Figures{}).end();
            }
        }
    }
    return csv.take();
}

std::string agentsCsv(const EventReport &report, const LocalTime &)
{
    CsvWriter csv{"agent", "seconds with data", "frames", "face detections", "mean faces", "visits",
                  "share of visits", "coverage"};
    for (const auto &[agent, figures] : report.agents) {
        csv.text(agent).figures(figures);
        if (report.total.visits > 0)
            csv.number(static_cast<double>(figures.visits)
                       / static_cast<double>(report.total.visits));
        else
            csv.nothing();
        csv.number(report.coverage(agent)).end();
    }
    return csv.take();
}

std::string curvesCsv(const EventReport &report, const LocalTime &)
{
    CsvWriter csv{"day", "clock", "seconds with data", "frames", "face detections", "mean faces",
                  "visits"};
    for (const DayCurve &day : report.curves) {
        const int step = 24 * 60 / static_cast<int>(day.parts.size());
        for (int slot = report.plan.hours.opens / step; slot * step < report.plan.hours.closes; ++slot) {
            const OpeningHours from{slot * step, slot * step + step};
            csv.text(dateText(day.date)).text(hoursText(from).substr(0, 5))
                .figures(day.parts[static_cast<std::size_t>(slot)]).end();
        }
    }
    return csv.take();
}

std::string dwellCsv(const EventReport &report, const LocalTime &)
{
    CsvWriter csv{"agent", "from seconds", "to seconds", "visits"};
    for (const auto &[agent, times] : report.dwell) {
        for (const DwellBar &bar : dwellBars(times)) {
            csv.text(agent).number(bar.from);
            bar.to > 0 ? csv.number(bar.to) : csv.nothing();
            csv.number(bar.visits).end();
        }
    }
    return csv.take();
}

std::string heatMapCsv(const EventReport &report, const LocalTime &)
{
    CsvWriter csv{"agent", "row of 18", "column of 32", "face detections"};
    for (const auto &[agent, cells] : report.heatMap) {
        for (std::size_t cell = 0; cell < cells.size(); ++cell) {
            if (cells[cell] > 0)
                csv.text(agent).number(std::uint64_t{cell / HeatGrid::columns + 1})
                    .number(std::uint64_t{cell % HeatGrid::columns + 1}).number(cells[cell]).end();
        }
    }
    return csv.take();
}

std::string gapsCsv(const EventReport &report, const LocalTime &local)
{
    CsvWriter csv{"agent", "from", "to", "minutes without data"};
    for (const EventReport::Gap &gap : report.gaps)
        csv.text(gap.agent).text(local.text(gap.span.from)).text(local.text(gap.span.to))
            .number(gap.span.to - gap.span.from).end();
    return csv.take();
}

std::string marksCsv(const EventReport &report, const LocalTime &)
{
    CsvWriter csv{"utc", "agent", "who", "parameter", "before", "after"};
    for (const TuningMark &mark : report.marks)
        csv.text(isoTime(mark.time)).text(mark.agent).text(mark.who).text(mark.parameter)
            .text(mark.oldValue).text(mark.newValue).end();
    return csv.take();
}

std::string checkedCsv(const EventReport &report, const LocalTime &)
{
    CsvWriter csv{"agent", "from utc", "to utc", "counted by hand", "visits", "recall", "precision",
                  "note"};
    for (const CheckedCount &one : report.checked)
        csv.text(one.agent).text(isoTime(one.from)).text(isoTime(one.to)).number(one.counted)
            .number(one.visits).number(one.recall).number(one.precision).text(one.note).end();
    return csv.take();
}

} // namespace

std::string csvField(const std::string &text)
{
    const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    const std::string plain = formula ? "'" + text : text;
    if (plain.find_first_of(",\"\r\n") == std::string::npos)
        return plain;
    std::string quoted = "\"";
    for (const char c : plain)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::vector<ReportTable> reportTables(const EventReport &report)
{
    const auto local = LocalTime::of(report.zone).or_else([](const Error &) {
        return LocalTime::of("UTC");
    });
    return {
        {"key-figures", keyFiguresCsv(report)},
        {"how-counted", howCountedCsv(report)},
        {"days", daysCsv(report, *local)},
        {"hours", hoursCsv(report, *local)},
        {"minutes", minutesCsv(report, *local)},
        {"agents", agentsCsv(report, *local)},
        {"day-against-day", curvesCsv(report, *local)},
        {"dwell", dwellCsv(report, *local)},
        {"heat-map", heatMapCsv(report, *local)},
        {"gaps", gapsCsv(report, *local)},
        {"settings-changes", marksCsv(report, *local)},
        {"validation", checkedCsv(report, *local)},
    };
}

Result<void> writeTables(const EventReport &report, const std::filesystem::path &folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fail(ErrorCode::Io, folder.string(), error.message());
    for (const ReportTable &table : reportTables(report)) {
        if (auto written = replaceText(folder / (table.name + ".csv"), table.text); !written)
            return written;
    }
    return {};
}

} // namespace facetrack
