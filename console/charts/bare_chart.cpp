#include "console/charts/bare_chart.h"

#include <QGraphicsLayout>
#include <QGraphicsScene>

namespace facetrack::console {

BareChart::BareChart(QGraphicsScene &scene) : m_chart(new QChart), m_across(new QValueAxis), m_up(new QValueAxis)
{
    m_chart->legend()->hide();
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->setBackgroundVisible(false);
    m_chart->setMargins({});
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    for (QValueAxis *axis : {m_across, m_up})
        axis->setVisible(false);
    m_chart->addAxis(m_across, Qt::AlignBottom);
    m_chart->addAxis(m_up, Qt::AlignLeft);
    scene.addItem(m_chart);
}

void BareChart::resize(QSizeF size)
{
    m_chart->scene()->setSceneRect(QRectF(QPointF(), size));
    m_chart->resize(size);
}

void BareChart::place(const QRectF &plot, double left, double right, double top)
{
    m_chart->setPlotArea(plot);
    m_chart->layout()->activate();
    m_across->setRange(left, right);
    m_up->setRange(0, top);
}

void BareChart::add(QAbstractSeries *series)
{
    m_chart->addSeries(series);
    series->attachAxis(m_across);
    series->attachAxis(m_up);
}

void BareChart::remove(QAbstractSeries *series)
{
    m_chart->removeSeries(series);
    delete series;
}

} // namespace facetrack::console
