#pragma once
#include "console/charts/chart.h"
#include "console/present/slide.h"
#include "console/present/today.h"

#include <functional>
#include <optional>

namespace facetrack::console {

/// One chart of what was counted today, in letters that are read from afar.
class ChartSlide : public Slide
{
    Q_OBJECT

public:
    /// `make`: nothing where there is nothing to show.
    using Make = std::function<std::optional<Chart>(const EventReport &, const ReportLook &)>;

    ChartSlide(const Today &today, Make make);

    QString title() const override;
    QDateTime lastUpdate() const override { return m_today.lastUpdate(); }
    std::chrono::seconds fresh() const override { return 3 * Today::Every; }
    bool isWorthIt() const override { return m_chart.has_value(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    const Today &m_today;
    const Make m_make;
    std::optional<Chart> m_chart;
    QString m_title;
};

} // namespace facetrack::console
