#pragma once
#include "console/charts/chart.h"

#include <QWidget>

class QToolButton;

namespace facetrack::console {

/// The legend of a chart: a button for each line, pressed while the line is shown, and what hatched
/// means. As many lines of buttons as its width needs.
class LegendBar : public QWidget
{
    Q_OBJECT

public:
    explicit LegendBar(QWidget *parent = nullptr);

    void set(const Chart &chart, const QStringList &hidden);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(width, false); }
    QSize sizeHint() const override { return {200, heightForWidth(width() > 0 ? width() : 400)}; }

Q_SIGNALS:
    void toggled(const QString &name, bool shown);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QToolButton *button(std::size_t number);
    int arrange(int width, bool move) const;

    std::vector<QToolButton *> m_buttons;
    std::vector<QColor> m_colours;
    QWidget *m_holes; ///< a label
    bool m_dark = false;
};

} // namespace facetrack::console
