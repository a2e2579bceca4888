#include "console/present/chart_slide.h"

#include <QFontInfo>
#include <QPainter>
#include <utility>

namespace facetrack::console {

ChartSlide::ChartSlide(const Today &today, Make make) : m_today(today), m_make(std::move(make))
{
    connect(&today, &Today::changed, this, &ChartSlide::refresh);
    refresh();
}

QString ChartSlide::title() const
{
    return m_title;
}

void ChartSlide::refresh()
{
    m_chart = m_today.report() ? m_make(*m_today.report(), m_today.look()) : std::nullopt;
    m_title = m_chart ? chartTitle(*m_chart) : QString();
    if (m_chart)
        std::visit([](auto &chart) { chart.title.clear(); }, *m_chart); // it is the slide's own
    update();
    Q_EMIT updated();
}

void ChartSlide::paintEvent(QPaintEvent *)
{
    if (!m_chart)
        return;
    QPainter painter(this);
    ChartLook look;
    look.dark = true;
    look.text = QFontInfo(font()).pixelSize();
    paintChart(*m_chart, painter, rect(), look);
}

} // namespace facetrack::console
