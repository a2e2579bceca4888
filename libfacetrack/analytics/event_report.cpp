#include "libfacetrack/analytics/event_report.h"

#include "libfacetrack/analytics/later.h"

#include <QCoreApplication>
#include <algorithm>
#include <functional>
#include <memory>

namespace facetrack {

namespace {

constexpr Minute curveStep = 15;
constexpr std::size_t mostGaps = 1000;

void addTo(HeatMap &to, const HeatMap &more)
{
    for (const auto &[agent, cells] : more) {
        auto &sum = to[agent];
        sum.resize(HeatGrid::cells);
        std::transform(cells.begin(), cells.end(), sum.begin(), sum.begin(), std::plus<>());
    }
}

void addTo(DwellByAgent &to, const DwellByAgent &more)
{
    for (const auto &[agent, times] : more)
        to[agent] += times;
}

template<typename T>
void addTo(std::vector<T> &to, const std::vector<T> &more)
{
    to.insert(to.end(), more.begin(), more.end());
}

Counts within(const Counts &counts, Span span)
{
    Counts part{span, counts.step, {}};
    part.stretches.insert(counts.stretches.lower_bound(span.from),
                          counts.stretches.lower_bound(span.to));
    return part;
}

std::vector<EventReport::Hour> hoursOf(const Counts &day, const LocalTime &local)
{
    std::vector<EventReport::Hour> hours;
    for (Minute minute = day.span.from; minute < day.span.to; ++minute) {
        const QDate date = local.date(minute);
        const int hour = local.hour(minute);
        if (hours.empty() || hours.back().date != date || hours.back().hour != hour)
            hours.push_back({date, hour, {}});
        if (const auto known = day.stretches.find(minute); known != day.stretches.end()) {
            for (const auto &[agent, figures] : known->second)
                hours.back().figures += figures;
        }
    }
    return hours;
}

/// Gathers the answers; the last one calls back.
class Collecting : public std::enable_shared_from_this<Collecting>
{
public:
    Collecting(LocalTime local, EventReport report, History::Done<EventReport> done)
        : m_local(std::move(local)), m_report(std::move(report)), m_done(std::move(done))
    {
    }

    void ask(History &history, QObject *context)
    {
        m_history = &history;
        for (EventReport::Day &day : m_report.days) {
            const HistoryScope scope{day.span, m_report.plan.agents};
            m_open += 5;
            history.counts(scope, 1, context, taking<Counts>([](EventReport &to, Counts part) {
                merge(to.minutes, part);
            }));
            history.heatMap(scope, context, taking<HeatMap>([](EventReport &to, HeatMap part) {
                addTo(to.heatMap, part);
            }));
            history.dwell(scope, {}, context, taking<DwellByAgent>([](EventReport &to, DwellByAgent part) {
                addTo(to.dwell, part);
            }));
            using Marks = std::vector<TuningMark>;
            history.marks(scope, context, taking<Marks>([](EventReport &to, Marks part) {
                addTo(to.marks, part);
            }));
            using Checked = std::vector<CheckedCount>;
            history.checkedCounts(scope, context, taking<Checked>([](EventReport &to, Checked part) {
                addTo(to.checked, part);
            }, true));
        }
    }

private:
    /// `mayFail`: an agent that does not tell a stranger its validations spoils no report.
    template<typename T>
    History::Done<T> taking(void (*add)(EventReport &, T), bool mayFail = false)
    {
        return [self = shared_from_this(), add, mayFail](Result<T> part) {
            if (self->m_failed)
                return;
            if (part) {
                add(self->m_report, std::move(*part));
            } else if (!mayFail) {
                self->m_failed = true;
                return self->m_done(tl::unexpected(part.error()));
            }
            self->noteMissing(mayFail);
            if (--self->m_open == 0)
                self->finish();
        };
    }

    void noteMissing(bool mayFail)
    {
        if (mayFail)
            return;
        for (const std::string &agent : m_history->missing()) {
            if (std::find(m_report.missing.begin(), m_report.missing.end(), agent)
                == m_report.missing.end())
                m_report.missing.push_back(agent);
        }
    }

    void finish()
    {
        putInOrder(m_report.marks);
        m_report.agents = byAgent(m_report.minutes);
        m_report.total = totals(m_report.minutes);
        m_report.curves = dayAgainstDay(m_report.minutes, m_local, curveStep);
        for (EventReport::Day &day : m_report.days) {
            const Counts part = within(m_report.minutes, day.span);
            day.figures = totals(part);
            addTo(m_report.hours, hoursOf(part, m_local));
            for (const auto &[agent, figures] : m_report.agents) {
                for (const Span &gap : gaps(part, agent, mostGaps)) {
                    if (m_report.gaps.size() < mostGaps)
                        m_report.gaps.push_back({agent, gap});
                }
            }
        }
        std::stable_sort(m_report.gaps.begin(), m_report.gaps.end(),
                         [](const auto &a, const auto &b) { return a.agent < b.agent; });
        m_done(std::move(m_report));
    }

    const LocalTime m_local;
    EventReport m_report;
    const History::Done<EventReport> m_done;
    History *m_history = nullptr;
    std::size_t m_open = 0;
    bool m_failed = false;
};

} // namespace

Minute EventReport::openMinutes() const
{
    Minute sum = 0;
    for (const Day &day : days)
        sum += day.span.to - day.span.from;
    return sum;
}

double EventReport::coverage() const
{
    const auto open = static_cast<double>(openMinutes()) * 60 * static_cast<double>(agents.size());
    return open > 0 ? static_cast<double>(total.seconds) / open : 0;
}

double EventReport::coverage(const std::string &agent) const
{
    const auto found = agents.find(agent);
    const auto open = static_cast<double>(openMinutes()) * 60;
    return found == agents.end() || open <= 0 ? 0
                                              : static_cast<double>(found->second.seconds) / open;
}

void collectReport(History &history, const EventPlan &plan, UtcTime now, QObject *context,
                   History::Done<EventReport> done)
{
    auto local = LocalTime::of(plan.zone);
    Result<EventReport> wrong = EventReport{};
    if (!local)
        wrong = tl::unexpected(local.error());
    else if (plan.days.empty())
        wrong = fail(ErrorCode::InvalidArgument, "days", "there is none");
    else if (plan.hours.opens < 0 || plan.hours.closes <= plan.hours.opens)
        wrong = fail(ErrorCode::InvalidArgument, "hours", "end before they begin");
    if (!wrong)
        return answerLater(context ? context : QCoreApplication::instance(), context, std::move(done),
                           std::move(wrong));
    EventReport report;
    report.plan = plan;
    report.zone = local->zone();
    report.made = now;
    for (const QDate &day : plan.days)
        report.days.push_back({day, spanOf(day, plan.hours, *local), {}});
    std::make_shared<Collecting>(std::move(*local), std::move(report), std::move(done))
        ->ask(history, context);
}

} // namespace facetrack
