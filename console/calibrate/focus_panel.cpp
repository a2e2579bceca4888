#include "console/calibrate/focus_panel.h"

#include "console/shell/copying.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace facetrack::console {

namespace {

QString figureText(double value)
{
    return QLocale().toString(value, 'f', value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

} // namespace

FocusPanel::FocusPanel(FocusMeter &meter, FocusRegion &region)
    : m_meter(meter), m_region(region), m_middle(new QPushButton(tr("Middle"))),
      m_clear(new QPushButton(tr("No region")))
{
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_whole = addRow(tr("Whole picture"), QStringLiteral("focusWhole"));
    m_part = addRow(tr("Region"), QStringLiteral("focusRegion"));
    m_middle->setObjectName(QStringLiteral("focusMiddle"));
    m_middle->setToolTip(tr("Measures the middle of the picture; the arrow keys move the region"));
    m_clear->setObjectName(QStringLiteral("focusClear"));
    auto *const peaks = new QPushButton(tr("Let peaks go"));
    peaks->setObjectName(QStringLiteral("focusPeaks"));
    peaks->setToolTip(tr("Starts the peaks anew, after the scene or the aim has changed"));
    auto *const buttons = new QHBoxLayout;
    for (QPushButton *const button : {m_middle, m_clear, peaks})
        buttons->addWidget(button);
    layout->addLayout(buttons);
    connect(m_middle, &QPushButton::clicked, this, [this] { m_region.set(QRectF(0.4, 0.4, 0.2, 0.2)); });
    connect(m_clear, &QPushButton::clicked, this, [this] { m_region.set(std::nullopt); });
    connect(peaks, &QPushButton::clicked, this, [this] { m_meter.letPeaksGo(); });
    connect(&m_meter, &FocusMeter::changed, this, &FocusPanel::refresh);
    refresh();
}

FocusPanel::Row FocusPanel::addRow(const QString &title, const QString &name)
{
    auto *const line = new QHBoxLayout;
    line->addWidget(new QLabel(title));
    auto *const figure = new QLabel;
    figure->setObjectName(name);
    figure->setAccessibleName(tr("Focus: %1").arg(title));
    figure->setAlignment(Qt::AlignRight);
    figure->setWordWrap(true);
    figure->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line->addWidget(figure, 1);
    auto *const graph = new FocusGraph;
    graph->setAccessibleName(tr("Focus of the last minute: %1").arg(title));
    letPictureBeSaved(graph, tr("Focus of the last minute: %1").arg(title), [graph] { return graph->grab().toImage(); });
    auto *const layout = static_cast<QVBoxLayout *>(this->layout());
    layout->addLayout(line);
    layout->addWidget(graph);
    return {figure, graph};
}

void FocusPanel::showFigure(const Row &row, const FocusFigure &figure, const QString &otherwise)
{
    row.graph->setFigure(figure, m_meter.now());
    if (!figure.isKnown())
        return row.figure->setText(otherwise);
    const double share = figure.peak > 0 ? 100 * figure.now / figure.peak : 100;
    row.figure->setText(tr("%1 · %2 % of the peak %3")
                            .arg(figureText(figure.now), QLocale().toString(share, 'f', 0),
                                 figureText(figure.peak)));
}

void FocusPanel::refresh()
{
    const QString trouble = m_meter.trouble();
    showFigure(m_whole, m_meter.whole(), trouble.isEmpty() ? tr("not measured yet") : trouble);
    showFigure(m_part, m_meter.region(), m_meter.hasRegion() ? tr("not measured yet") : tr("drag one over the picture"));
    m_part.graph->setVisible(m_meter.hasRegion());
    m_clear->setEnabled(m_meter.hasRegion());
}

} // namespace facetrack::console
