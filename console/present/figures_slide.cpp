#include "console/present/figures_slide.h"

#include "console/charts/report_numbers.h"

#include <QVBoxLayout>

namespace facetrack::console {

FiguresSlide::FiguresSlide(const Today &today)
    : m_today(today), m_visits(new QLabel), m_aboutVisits(new QLabel(tr("visits: people who came into view and were followed until they left"))),
      m_mean(new QLabel), m_aboutMean(new QLabel(tr("faces that a camera sees at a time, on average"))), m_busiest(new QLabel)
{
    m_visits->setObjectName(QStringLiteral("presentVisits"));
    m_mean->setObjectName(QStringLiteral("presentMean"));
    auto *const layout = new QVBoxLayout(this);
    layout->addStretch(2);
    for (QLabel *const label : {m_visits, m_aboutVisits, m_mean, m_aboutMean, m_busiest}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        layout->addWidget(label);
        if (label == m_aboutVisits || label == m_aboutMean)
            layout->addStretch(1);
    }
    layout->addStretch(1);
    connect(&today, &Today::changed, this, &FiguresSlide::refresh);
    refresh();
}

void FiguresSlide::resizeEvent(QResizeEvent *)
{
    QFont huge = font();
    huge.setBold(true);
    huge.setPixelSize(std::max(20, height() / 5));
    m_visits->setFont(huge);
    huge.setPixelSize(std::max(14, height() / 9));
    m_mean->setFont(huge);
}

void FiguresSlide::refresh()
{
    const EventReport *const report = m_today.report();
    if (!report || !report->total.hasData()) {
        m_visits->setText(QStringLiteral("–"));
        m_mean->setText(QStringLiteral("–"));
        m_busiest->setText(report ? tr("nothing was counted yet today") : QString()); // else nobody knows
    } else {
        const ReportNumbers numbers(report->zone);
        m_visits->setText(numbers.whole(report->total.visits));
        m_mean->setText(numbers.fixed(report->total.meanFaces(), 2));
        const auto hour = busiestHour(*report);
        m_busiest->setText(hour ? tr("most between %1 and %2: %3 visits")
                                      .arg(numbers.clock(hour->hour), numbers.clock(hour->hour + 1), numbers.whole(hour->figures.visits))
                                : QString());
    }
    Q_EMIT updated();
}

} // namespace facetrack::console
