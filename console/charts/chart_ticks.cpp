#include "console/charts/chart_ticks.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace facetrack::console {

namespace {

constexpr qint64 second = 1'000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;

qint64 stepFor(qint64 length, int count)
{
    static constexpr std::array steps{second, 5 * second, 10 * second, 30 * second, minute, 2 * minute,
                                      5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour,
                                      3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 30 * day};
    for (const qint64 step : steps)
        if (length / step <= std::max(1, count))
            return step;
    return 90 * day;
}

ChartTick tickAt(const QDateTime &time, qint64 step)
{
    const bool midnight = time.time() == QTime(0, 0);
    const QString text = midnight && step >= minute ? QLocale().toString(time.date(), QStringLiteral("ddd d"))
                         : time.toString(step < minute ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
    return {static_cast<double>(time.toMSecsSinceEpoch()), text, midnight};
}

} // namespace

std::vector<ChartTick> valueTicks(double most, int count)
{
    const double raw = std::max(most, 1e-9) / std::max(1, count);
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    double step = power;
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0})
        if (step = factor * power; step >= raw - 1e-12)
            break;
    std::vector<ChartTick> ticks;
    for (int n = 0; n == 0 || ticks.back().at < most - step * 1e-9; ++n)
        ticks.push_back({n * step, valueText(n * step), n == 0});
    return ticks;
}

std::vector<ChartTick> timeTicks(ChartSpan span, const QTimeZone &zone, int count)
{
    const qint64 step = stepFor(span.length(), count);
    std::vector<ChartTick> ticks;
    const QDateTime begin = QDateTime::fromMSecsSinceEpoch(span.from, zone);
    // By the clock on the wall, from each midnight: an hour that there is not, or twice, moves none.
    for (QDate date = begin.date(); ticks.size() < 1000; date = date.addDays(std::max<qint64>(1, step / day))) {
        const QDateTime midnight = date.startOfDay(zone);
        if (midnight.toMSecsSinceEpoch() > span.to)
            break;
        const qint64 clockBegin = date == begin.date() ? begin.time().msecsSinceStartOfDay() / step * step : 0;
        for (qint64 clock = clockBegin; clock < day && ticks.size() < 1000; clock += step) {
            const QDateTime time = clock == 0 ? midnight
                                              : QDateTime(date, QTime::fromMSecsSinceStartOfDay(static_cast<int>(clock)), zone);
            const qint64 at = time.toMSecsSinceEpoch();
            if (at > span.to)
                break;
            if (at >= span.from && (ticks.empty() || at > static_cast<qint64>(ticks.back().at)))
                ticks.push_back(tickAt(time, step));
        }
    }
    return ticks;
}

QString timeText(qint64 time, const QTimeZone &zone, qint64 step, bool clockOnly)
{
    const QDateTime there = QDateTime::fromMSecsSinceEpoch(time, zone);
    const QString clock = there.toString(step < minute ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
    if (clockOnly)
        return clock;
    return QLocale().toString(there.date(), QStringLiteral("ddd d MMM ")) + clock;
}

QString valueText(double value)
{
    const QLocale locale;
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return locale.toString(static_cast<qlonglong>(value));
    const int digits = std::abs(value) >= 100 ? 0 : std::abs(value) >= 10 ? 1 : 2;
    QString text = locale.toString(value, 'f', std::abs(value) < 0.1 ? 3 : digits);
    return text;
}

} // namespace facetrack::console
