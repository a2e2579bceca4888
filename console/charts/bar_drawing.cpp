#include "console/charts/bar_ground.h"
#include "console/charts/bare_chart.h"
#include "console/charts/chart_drawing.h"

#include <QBarSeries>
#include <QBarSet>
#include <QStackedBarSeries>

namespace facetrack::console {

namespace {

/// Bars by Qt Charts. What is beneath and above them is BarGround's.
class BarDrawing final : public ChartDrawing
{
public:
    BarDrawing() : m_chart(scene()), m_ground(new BarGround(m_chart.item())) {}

    void set(const Chart &chart, const ChartLook &look) override
    {
        m_content = std::get<BarChart>(chart);
        m_look = look;
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

private:
    void update()
    {
        if (m_size.isEmpty())
            return;
        m_shown.clear();
        for (const ChartBars &series : m_content.series)
            if (!m_look.hidden.contains(series.name) || m_content.series.size() == 1)
                m_shown.push_back(&series);
        const double top = m_ground->set({&m_content, m_look, m_shown, m_size});
        const auto count = static_cast<double>(m_content.categories.size());
        m_chart.place(m_ground->plot(), -0.5, std::max(1.0, count) - 0.5, top);
        drawBars();
    }

    void drawBars()
    {
        m_chart.item()->removeAllSeries();
        const bool eachItsOwn = m_content.series.size() == 1 && !m_content.categoryColours.empty();
        // One set has one colour, so bars of their own colours are sets laid on each other.
        QAbstractBarSeries *const bars = eachItsOwn ? static_cast<QAbstractBarSeries *>(new QStackedBarSeries) : new QBarSeries;
        bars->setBarWidth(m_content.touching ? 1 : BarGround::barWidth);
        if (eachItsOwn && !m_shown.empty())
            for (std::size_t n = 0; n < m_shown.front()->values.size(); ++n)
                bars->append(setOf(*m_shown.front(), m_content.categoryColours[n % m_content.categoryColours.size()], n));
        else
            for (const ChartBars *series : m_shown)
                bars->append(setOf(*series, series->colour, {}));
        m_chart.add(bars);
    }

    QBarSet *setOf(const ChartBars &series, const QColor &colour, std::optional<std::size_t> only) const
    {
        auto *const set = new QBarSet(series.name);
        set->setColor(colour);
        set->setPen(m_content.touching ? QPen(chartPalette(m_look.dark).ground, 1) : QPen(Qt::NoPen));
        for (std::size_t n = 0; n < series.values.size(); ++n)
            set->append(only && *only != n ? 0 : series.values[n].value_or(0));
        return set;
    }

    BareChart m_chart;
    BarGround *const m_ground;
    BarChart m_content;
    ChartLook m_look;
    QSizeF m_size;
    std::vector<const ChartBars *> m_shown;
};

} // namespace

std::unique_ptr<ChartDrawing> makeBarDrawing()
{
    return std::make_unique<BarDrawing>();
}

} // namespace facetrack::console
