#include "console/charts/legend_bar.h"

#include "console/charts/chart_drawing.h"
#include "console/shell/theme.h"

#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace facetrack::console {

namespace {

template<typename Draw>
QPixmap swatch(double ratio, Draw draw)
{
    QPixmap pixmap(QSize(12, 12) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    draw(painter);
    return pixmap;
}

class HolesLabel : public QWidget
{
public:
    explicit HolesLabel(const QString &text, QWidget *parent) : QWidget(parent), m_text(text) {}
    QSize sizeHint() const override { return {28 + fontMetrics().horizontalAdvance(m_text), fontMetrics().height() + 8}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        hatch(painter, QRectF(4, (height() - 12) / 2.0, 16, 12), chartPalette(isDark()));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(rect().adjusted(26, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_text);
    }

private:
    const QString m_text;
};

} // namespace

LegendBar::LegendBar(QWidget *parent) : QWidget(parent), m_holes(new HolesLabel(tr("no data"), this))
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_holes->hide();
}

QToolButton *LegendBar::button(std::size_t number)
{
    while (m_buttons.size() <= number) {
        auto *const one = new QToolButton(this);
        one->setCheckable(true);
        one->setAutoRaise(true);
        one->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        one->setIconSize({12, 12});
        connect(one, &QToolButton::clicked, this, [this, one](bool shown) { Q_EMIT toggled(one->text(), shown); });
        m_buttons.push_back(one);
    }
    return m_buttons[number];
}

void LegendBar::set(const Chart &chart, const QStringList &hidden)
{
    const std::vector<LegendEntry> entries = legendOf(chart);
    m_colours.resize(std::max(m_colours.size(), entries.size()));
    for (std::size_t n = 0; n < entries.size(); ++n) {
        QToolButton *const one = button(n);
        if (one->text() != entries[n].name) {
            one->setText(entries[n].name);
            one->setToolTip(tr("Show or hide %1").arg(entries[n].name));
        }
        one->setChecked(!hidden.contains(entries[n].name));
        if (m_colours[n] != entries[n].colour) {
            m_colours[n] = entries[n].colour;
            one->setIcon(swatch(devicePixelRatioF(), [&](QPainter &painter) {
                painter.fillRect(QRectF(0, 0, 12, 12), entries[n].colour);
            }));
        }
        one->show();
    }
    for (std::size_t n = entries.size(); n < m_buttons.size(); ++n)
        m_buttons[n]->hide();
    const bool holes = hasHoles(chart);
    m_holes->setVisible(holes);
    setVisible(!entries.empty() || holes);
    updateGeometry();
    arrange(width(), true);
}

int LegendBar::arrange(int width, bool move) const
{
    QPoint at(0, 0);
    int line = 0;
    std::vector<QWidget *> all(m_buttons.begin(), m_buttons.end());
    all.push_back(m_holes);
    for (QWidget *one : all) {
        if (one->isHidden())
            continue;
        const QSize size = one->sizeHint();
        if (at.x() > 0 && at.x() + size.width() > width) {
            at = {0, at.y() + line};
            line = 0;
        }
        if (move)
            one->setGeometry(QRect(at, size));
        at.rx() += size.width() + 4;
        line = std::max(line, size.height());
    }
    return at.y() + line;
}

void LegendBar::resizeEvent(QResizeEvent *)
{
    arrange(width(), true);
}

} // namespace facetrack::console
