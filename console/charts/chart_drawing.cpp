#include "console/charts/chart_drawing.h"

#include "console/charts/chart_thin.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace facetrack::console {

ChartPalette chartPalette(bool dark)
{
    if (dark)
        return {QColor("#17181a"), QColor("#e8e8e6"), QColor("#9aa0a6"), QColor("#3a3e43"), QColor("#5c6269"),
                QColor("#202225")};
    return {QColor("#ffffff"), QColor("#1d1f21"), QColor("#5f656b"), QColor("#d9dcdf"), QColor("#b3b8bd"),
            QColor("#f3f4f5")};
}

QFont chartFont(const ChartLook &look, double factor)
{
    QFont font;
    font.setPixelSize(std::max(1, qRound(look.text * factor)));
    return font;
}

void hatch(QPainter &painter, const QRectF &where, const ChartPalette &palette)
{
    if (where.width() <= 0 || where.height() <= 0)
        return;
    QColor ground = palette.hatch;
    ground.setAlphaF(0.18F);
    painter.fillRect(where, ground);
    constexpr double apart = 7;
    QList<QLineF> lines;
    // On a grid of the whole chart, so that neighbours go on in each other.
    const double begin = std::floor((where.left() - where.height()) / apart) * apart;
    for (double foot = begin; foot < where.right(); foot += apart) {
        const double from = std::max(0.0, where.left() - foot), to = std::min(where.height(), where.right() - foot);
        if (from < to)
            lines.append({foot + from, where.bottom() - from, foot + to, where.bottom() - to});
    }
    painter.setPen(QPen(palette.hatch, 1));
    painter.drawLines(lines);
}

std::unique_ptr<ChartDrawing> makeDrawing(const Chart &chart)
{
    if (std::holds_alternative<LineChart>(chart))
        return makeLineDrawing();
    if (std::holds_alternative<BarChart>(chart))
        return makeBarDrawing();
    return makeHeatDrawing();
}

std::vector<LegendEntry> legendOf(const Chart &chart)
{
    std::vector<LegendEntry> entries;
    if (const auto *lines = std::get_if<LineChart>(&chart))
        for (const ChartLine &line : lines->lines)
            entries.push_back({line.name, line.colour});
    if (const auto *bars = std::get_if<BarChart>(&chart); bars && bars->series.size() > 1)
        for (const ChartBars &series : bars->series)
            entries.push_back({series.name, series.colour});
    return entries;
}

bool hasHoles(const Chart &chart)
{
    if (const auto *lines = std::get_if<LineChart>(&chart)) {
        std::vector<const ChartLine *> all;
        for (const ChartLine &line : lines->lines) {
            all.push_back(&line);
            for (const ChartCoverage &coverage : line.coverage)
                if (coverage.share <= 0)
                    return true;
        }
        const auto holes = withoutData(all, lines->span);
        return !(lines->open.empty() ? holes : inside(holes, lines->open)).empty();
    }
    if (const auto *bars = std::get_if<BarChart>(&chart)) {
        for (const ChartBars &series : bars->series)
            for (const auto &value : series.values)
                if (!value)
                    return true;
        return false;
    }
    return std::get<HeatChart>(chart).cells.empty();
}

QString chartTitle(const Chart &chart)
{
    return std::visit([](const auto &one) { return one.title; }, chart);
}

} // namespace facetrack::console
