#pragma once
#include "console/charts/chart.h"

#include <QFont>
#include <QGraphicsScene>
#include <memory>

namespace facetrack::console {

struct ChartPalette
{
    QColor ground, text, faint, line, hatch, closed;
};
ChartPalette chartPalette(bool dark);
QFont chartFont(const ChartLook &look, double factor = 1);

/// Grey with slanting lines: no data. Drawn as lines, for SVG knows no patterns.
void hatch(QPainter &painter, const QRectF &where, const ChartPalette &palette);

/// One chart in a scene, whose size is in pixels of the chart. Kinds: line, bar and heat drawing.
class ChartDrawing
{
public:
    virtual ~ChartDrawing() = default;

    /// Without words: these are around it.
    virtual void set(const Chart &chart, const ChartLook &look) = 0;
    virtual void resize(QSizeF size) = 0;
    virtual void show(ChartSpan) {} ///< of the time axis, where there is one
    virtual QRectF plot() const = 0; ///< where the values are
    /// What there is at this point, in lines of text; empty: nothing.
    virtual QString valuesAt(QPointF point) const = 0;
    virtual void setPointer(std::optional<QPointF>) {} ///< a line through what the mouse points at

    QGraphicsScene &scene() { return m_scene; }

private:
    QGraphicsScene m_scene;
};

std::unique_ptr<ChartDrawing> makeLineDrawing();
std::unique_ptr<ChartDrawing> makeBarDrawing();
std::unique_ptr<ChartDrawing> makeHeatDrawing();
/// Of the kind that the chart is.
std::unique_ptr<ChartDrawing> makeDrawing(const Chart &chart);

/// An entry of a chart's legend.
struct LegendEntry
{
    QString name;
    QColor colour;
};
std::vector<LegendEntry> legendOf(const Chart &chart);
bool hasHoles(const Chart &chart); ///< there is something hatched, which a legend explains

} // namespace facetrack::console
