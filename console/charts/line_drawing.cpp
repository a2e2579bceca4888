#include "console/charts/bare_chart.h"
#include "console/charts/chart_drawing.h"
#include "console/charts/chart_thin.h"
#include "console/charts/line_ground.h"

#include <QLineSeries>
#include <algorithm>
#include <map>

namespace facetrack::console {

namespace {

Qt::PenStyle styleOf(int before)
{
    return before % 3 == 0 ? Qt::SolidLine : before % 3 == 1 ? Qt::DashLine : Qt::DotLine;
}

constexpr std::size_t manyLines = 6;

/// Lines by Qt Charts; what is beneath them by LineGround, which knows the place's clocks.
class LineDrawing final : public ChartDrawing
{
public:
    LineDrawing() : m_chart(scene()), m_ground(new LineGround(m_chart.item())) {}

    void set(const Chart &chart, const ChartLook &look) override
    {
        m_content = std::get<LineChart>(chart);
        m_look = look;
        m_shown = m_content.span;
        update();
    }
    void show(ChartSpan span) override
    {
        m_shown = span;
        update();
    }
    void resize(QSizeF size) override
    {
        m_size = size;
        m_chart.resize(size);
        update();
    }
    QRectF plot() const override { return m_ground->plot(); }
    QString valuesAt(QPointF point) const override { return m_ground->valuesAt(point); }
    void setPointer(std::optional<QPointF> point) override { m_ground->setPointer(point); }

private:
    void update()
    {
        if (m_size.isEmpty())
            return;
        m_lines.clear();
        for (const ChartLine &line : m_content.lines)
            if (!m_look.hidden.contains(line.name))
                m_lines.push_back(&line);
        const double top = m_ground->set({&m_content, m_look, m_lines, m_shown, m_size});
        m_chart.place(m_ground->plot(), 0, static_cast<double>(std::max<qint64>(1, m_shown.length())), top);
        drawLines();
    }

    void drawLines()
    {
        int used = 0;
        // Many lines are told apart better when they are thin, and Qt draws these much faster.
        const double width = m_lines.size() > manyLines ? 1 : m_look.text / 6;
        std::map<QRgb, int> times; // that a colour was used; also by lines that are hidden
        std::map<const ChartLine *, Qt::PenStyle> styles;
        for (const ChartLine &line : m_content.lines)
            styles[&line] = styleOf(times[line.colour.rgb()]++);
        const int columns = std::max(1, static_cast<int>(m_ground->plot().width()));
        for (const ChartLine *line : m_lines) {
            for (const QList<QPointF> &piece : piecesOf(*line, m_shown, columns)) {
                QLineSeries *const series = pieceNumber(used++);
                if (const QPen pen(line->colour, width, styles[line], Qt::FlatCap, Qt::RoundJoin); series->pen() != pen)
                    series->setPen(pen);
                series->replace(piece);
            }
        }
        while (m_pieces.size() > used)
            m_chart.remove(m_pieces.takeLast());
    }

    QLineSeries *pieceNumber(int number)
    {
        while (m_pieces.size() <= number) {
            m_pieces.append(new QLineSeries);
            m_chart.add(m_pieces.back());
        }
        return m_pieces[number];
    }

    BareChart m_chart;
    LineGround *const m_ground;
    QList<QLineSeries *> m_pieces;
    LineChart m_content;
    ChartLook m_look;
    ChartSpan m_shown;
    QSizeF m_size;
    std::vector<const ChartLine *> m_lines; ///< those shown
};

} // namespace

std::unique_ptr<ChartDrawing> makeLineDrawing()
{
    return std::make_unique<LineDrawing>();
}

} // namespace facetrack::console
