#include "console/charts/chart_thin.h"

#include <algorithm>

namespace facetrack::console {

namespace {

qint64 reach(const ChartLine &line)
{
    return line.step + line.step / 2;
}

/// Of one column of pixels: what of it can be seen.
class Column
{
public:
    void add(QPointF point, QList<QPointF> &out, qint64 column)
    {
        if (column != m_column)
            flush(out);
        m_column = column;
        if (m_count++ == 0)
            m_first = m_least = m_most = point;
        m_last = point;
        if (point.y() < m_least.y())
            m_least = point;
        if (point.y() > m_most.y())
            m_most = point;
    }
    void flush(QList<QPointF> &out)
    {
        if (m_count == 0)
            return;
        out.append(m_first);
        const bool leastFirst = m_least.x() < m_most.x();
        for (const QPointF &point : {leastFirst ? m_least : m_most, leastFirst ? m_most : m_least, m_last})
            if (out.back() != point && point.x() >= out.back().x())
                out.append(point);
        m_count = 0;
    }

private:
    qint64 m_column = -1;
    int m_count = 0;
    QPointF m_first, m_least, m_most, m_last;
};

ChartPoint between(const ChartPoint &a, const ChartPoint &b, qint64 time)
{
    const double share = b.time == a.time ? 0
                                          : static_cast<double>(time - a.time)
                                                / static_cast<double>(b.time - a.time);
    return {time, a.value + share * (b.value - a.value)};
}

/// From `first` to before `last`: joined points.
QList<QPointF> pieceOf(const ChartPoint *first, const ChartPoint *last, ChartSpan shown, double columnWidth)
{
    QList<QPointF> piece;
    Column column;
    const auto add = [&](const ChartPoint &point) {
        const auto x = static_cast<double>(point.time - shown.from);
        column.add({x, point.value}, piece, static_cast<qint64>(x / columnWidth));
    };
    for (const ChartPoint *point = first; point != last; ++point) {
        const bool before = point->time < shown.from, after = point->time > shown.to;
        if (before && point + 1 != last && point[1].time > shown.from)
            add(between(*point, point[1], shown.from));
        else if (after && point != first && point[-1].time < shown.to)
            add(between(point[-1], *point, shown.to));
        else if (!before && !after)
            add(*point);
    }
    column.flush(piece);
    return piece;
}

/// A point on its own, as wide as its step; empty where nothing of that is shown.
QList<QPointF> levelOf(QPointF point, qint64 step, ChartSpan shown)
{
    const double half = static_cast<double>(step) / 2;
    const double from = std::max(0.0, point.x() - half);
    const double to = std::min(static_cast<double>(shown.length()), point.x() + half);
    return from < to ? QList<QPointF>{{from, point.y()}, {to, point.y()}} : QList<QPointF>{};
}

} // namespace

std::vector<QList<QPointF>> piecesOf(const ChartLine &line, ChartSpan shown, int columns)
{
    std::vector<QList<QPointF>> pieces;
    if (line.points.empty() || shown.length() <= 0)
        return pieces;
    const double columnWidth = static_cast<double>(shown.length()) / std::max(1, columns);
    const auto earlier = [](const ChartPoint &point, qint64 time) { return point.time < time; };
    // One more on each side, so that lines go on to the edges.
    auto at = std::lower_bound(line.points.begin(), line.points.end(), shown.from - reach(line), earlier);
    const auto end = std::lower_bound(at, line.points.end(), shown.to + reach(line), earlier);
    while (at != end) {
        auto next = at + 1;
        while (next != end && next->time - (next - 1)->time <= reach(line))
            ++next;
        QList<QPointF> piece = pieceOf(&*at, &*at + (next - at), shown, columnWidth);
        if (piece.size() == 1)
            piece = levelOf(piece.front(), line.step, shown);
        else if (piece.isEmpty() && next - at == 1) // its middle is outside, its step may not be
            piece = levelOf({static_cast<double>(at->time - shown.from), at->value}, line.step, shown);
        if (!piece.isEmpty())
            pieces.push_back(std::move(piece));
        at = next;
    }
    return pieces;
}

std::vector<ChartSpan> outside(ChartSpan all, const std::vector<ChartSpan> &parts)
{
    std::vector<ChartSpan> rest;
    qint64 at = all.from;
    for (const ChartSpan &part : parts) {
        if (part.from > at)
            rest.push_back({at, std::min(part.from, all.to)});
        at = std::max(at, part.to);
        if (at >= all.to)
            return rest;
    }
    rest.push_back({at, all.to});
    return rest;
}

std::vector<ChartSpan> inside(const std::vector<ChartSpan> &some, const std::vector<ChartSpan> &parts)
{
    std::vector<ChartSpan> both;
    for (const ChartSpan &one : some)
        for (const ChartSpan &part : parts)
            if (const ChartSpan common{std::max(one.from, part.from), std::min(one.to, part.to)}; common.length() > 0)
                both.push_back(common);
    return both;
}

std::vector<ChartSpan> withoutData(const std::vector<const ChartLine *> &lines, ChartSpan shown)
{
    std::vector<ChartSpan> known;
    for (const ChartLine *line : lines) {
        for (const ChartPoint &point : line->points) {
            const ChartSpan around{point.time - line->step / 2, point.time + line->step / 2};
            if (!known.empty() && around.from <= known.back().to + line->step / 2
                && around.from >= known.back().from)
                known.back().to = std::max(known.back().to, around.to);
            else
                known.push_back(around);
        }
    }
    std::sort(known.begin(), known.end(), [](const ChartSpan &a, const ChartSpan &b) { return a.from < b.from; });
    std::vector<ChartSpan> holes;
    qint64 at = shown.from;
    for (const ChartSpan &span : known) {
        if (span.from > at && span.from - at >= 500)
            holes.push_back({at, std::min(span.from, shown.to)});
        at = std::max(at, span.to);
        if (at >= shown.to)
            break;
    }
    if (at < shown.to)
        holes.push_back({at, shown.to});
    std::erase_if(holes, [](const ChartSpan &hole) { return hole.length() <= 0; });
    return holes;
}

std::ptrdiff_t pointAt(const ChartLine &line, qint64 time)
{
    const auto at = std::lower_bound(line.points.begin(), line.points.end(), time,
                                     [](const ChartPoint &point, qint64 t) { return point.time < t; });
    std::ptrdiff_t best = -1;
    qint64 distance = reach(line) / 2 + 1;
    for (const auto &candidate : {at, at == line.points.begin() ? at : at - 1}) {
        if (candidate == line.points.end())
            continue;
        if (const qint64 off = std::abs(candidate->time - time); off < distance) {
            distance = off;
            best = candidate - line.points.begin();
        }
    }
    return best;
}

} // namespace facetrack::console
