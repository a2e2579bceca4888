#pragma once
#include "console/present/slide.h"
#include "console/present/today.h"

#include <QLabel>

namespace facetrack::console {

/// How many visits there were today, and how many faces cameras see at a time now, in huge figures, each
/// with what it is.
class FiguresSlide : public Slide
{
    Q_OBJECT

public:
    explicit FiguresSlide(const Today &today);

    QString title() const override { return tr("Today"); }
    QDateTime lastUpdate() const override { return m_today.lastUpdate(); }
    std::chrono::seconds fresh() const override { return 3 * Today::Every; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();

    const Today &m_today;
    QLabel *m_visits, *m_aboutVisits, *m_mean, *m_aboutMean, *m_busiest;
};

} // namespace facetrack::console
