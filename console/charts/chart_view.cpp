#include "console/charts/chart_view.h"

#include "console/charts/chart_drawing.h"
#include "console/charts/legend_bar.h"
#include "console/shell/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QGraphicsView>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace facetrack::console {

namespace {

QLabel *wordsOf(QWidget *parent, double factor, bool bold)
{
    auto *const label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(bold);
    label->setFont(font);
    label->hide();
    return label;
}

constexpr qint64 closest = 10'000; // ms that a zoom still shows

} // namespace

ChartView::ChartView(QWidget *parent)
    : QWidget(parent), m_title(wordsOf(this, 1.15, true)), m_about(wordsOf(this, 0.9, false)),
      m_message(wordsOf(this, 1, false)), m_legend(new LegendBar(this)), m_view(new QGraphicsView(this))
{
    setFocusPolicy(Qt::StrongFocus);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setMargin(16);
    m_message->setObjectName(QStringLiteral("chartMessage"));
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_about->setForegroundRole(QPalette::PlaceholderText);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setInteractive(false);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_view->viewport()->setMouseTracking(true);
    m_view->viewport()->installEventFilter(this);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    for (QWidget *one : std::initializer_list<QWidget *>{m_title, m_legend, m_message, m_view, m_about})
        layout->addWidget(one);
    layout->setStretchFactor(m_view, 1);
    layout->setStretchFactor(m_message, 1);
    connect(m_legend, &LegendBar::toggled, this, [this](const QString &name, bool shown) {
        QStringList names = m_hidden;
        names.removeAll(name);
        if (!shown)
            names.append(name);
        setHidden(names);
        Q_EMIT hiddenChanged(m_hidden);
    });
}

ChartView::~ChartView() = default;

void ChartView::replace(Chart chart)
{
    const ChartSpan before = whole();
    m_chart = std::move(chart);
    const ChartSpan now = whole();
    // A live chart moves on: what is shown of it moves along.
    if (m_shown == before || m_shown.length() <= 0 || before.length() != now.length())
        m_shown = now;
    else if (!(before == now))
        m_shown = {m_shown.from + now.from - before.from, m_shown.to + now.to - before.to};
    redraw();
}

void ChartView::redraw()
{
    const QString title = chartTitle(m_chart);
    const QString about = std::visit([](const auto &one) { return one.about; }, m_chart);
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_about->setText(about);
    m_about->setVisible(!about.isEmpty());
    setAccessibleName(title);
    m_legend->set(m_chart, m_hidden);
    m_legend->setVisible(m_legend->isVisibleTo(this) && message().isEmpty());
    if (m_kind != m_chart.index()) {
        m_kind = m_chart.index();
        m_view->setScene(nullptr);
        m_drawing = makeDrawing(m_chart);
        m_view->setScene(&m_drawing->scene());
        m_drawing->resize(m_view->viewport()->size());
    }
    m_view->setBackgroundBrush(chartPalette(isDark()).ground);
    m_drawing->set(m_chart, look());
    draw();
}

void ChartView::draw()
{
    if (m_drawing && zooms() && !(m_shown == whole()))
        m_drawing->show(m_shown);
}

ChartLook ChartView::look() const
{
    return {isDark(), QFontInfo(font()).pixelSize() * 0.95, false, m_hidden};
}

ChartLook ChartView::exportLook() const
{
    return {false, 13, true, m_hidden};
}

void ChartView::setMessage(const QString &message)
{
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    m_view->setVisible(message.isEmpty());
    m_legend->setVisible(message.isEmpty());
}

QString ChartView::message() const
{
    return m_message->text();
}

void ChartView::setHidden(const QStringList &names)
{
    m_hidden = names;
    if (m_drawing)
        redraw();
}

bool ChartView::zooms() const
{
    return std::holds_alternative<LineChart>(m_chart);
}

ChartSpan ChartView::whole() const
{
    const auto *const lines = std::get_if<LineChart>(&m_chart);
    return lines ? lines->span : ChartSpan{};
}

void ChartView::showSpan(ChartSpan span)
{
    if (!zooms())
        return;
    const ChartSpan all = whole();
    const qint64 length = std::clamp(span.length(), std::min(closest, all.length()), all.length());
    const qint64 from = std::clamp(span.from, all.from, all.to - length);
    if (const ChartSpan wanted{from, from + length}; !(wanted == m_shown)) {
        m_shown = wanted;
        if (m_drawing)
            m_drawing->show(m_shown);
        Q_EMIT shownChanged();
    }
}

void ChartView::zoom(double factor, qint64 about)
{
    const auto before = static_cast<double>(about - m_shown.from), after = static_cast<double>(m_shown.to - about);
    showSpan({about - static_cast<qint64>(before * factor), about + static_cast<qint64>(after * factor)});
}

void ChartView::pan(double share)
{
    const auto by = static_cast<qint64>(share * static_cast<double>(m_shown.length()));
    showSpan({m_shown.from + by, m_shown.to + by});
}

void ChartView::resetZoom()
{
    showSpan(whole());
}

QRectF ChartView::plot() const
{
    return m_drawing ? m_drawing->plot() : QRectF();
}

QWidget *ChartView::canvas() const
{
    return m_view->viewport();
}

QString ChartView::valuesAt(QPointF point) const
{
    return m_drawing ? m_drawing->valuesAt(point) : QString();
}

qint64 ChartView::timeAt(double x) const
{
    const QRectF place = plot();
    return m_shown.from + static_cast<qint64>((x - place.left()) / place.width() * static_cast<double>(m_shown.length()));
}

void ChartView::point(QPointF at, QPoint onScreen)
{
    m_drawing->setPointer(at);
    const QString values = valuesAt(at);
    if (values.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(onScreen, values, m_view->viewport(), QRect(at.toPoint() - QPoint(2, 2), QSize(5, 5)));
}

bool ChartView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_view->viewport() || !m_drawing)
        return QWidget::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::Resize:
        m_drawing->resize(m_view->viewport()->size());
        draw();
        break;
    case QEvent::Wheel: {
        const auto *const wheel = static_cast<QWheelEvent *>(event);
        if (!zooms() || !(wheel->modifiers() & Qt::ControlModifier || hasFocus()))
            break; // the page scrolls
        zoom(std::pow(0.8, wheel->angleDelta().y() / 120.0), timeAt(wheel->position().x()));
        return true;
    }
    case QEvent::MouseButtonPress:
        if (static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton) {
            setFocus(Qt::MouseFocusReason);
            m_dragged = static_cast<QMouseEvent *>(event)->position();
            m_draggedFrom = m_shown;
        }
        break;
    case QEvent::MouseButtonRelease: m_dragged.reset(); break;
    case QEvent::MouseButtonDblClick: resetZoom(); break;
    case QEvent::MouseMove: {
        const auto *const mouse = static_cast<QMouseEvent *>(event);
        if (m_dragged && mouse->buttons() & Qt::LeftButton && plot().width() > 0) {
            const double share = (m_dragged->x() - mouse->position().x()) / plot().width();
            const auto by = static_cast<qint64>(share * static_cast<double>(m_draggedFrom.length()));
            showSpan({m_draggedFrom.from + by, m_draggedFrom.to + by});
        } else {
            point(mouse->position(), mouse->globalPosition().toPoint());
        }
        break;
    }
    case QEvent::Leave: m_drawing->setPointer({}); break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

void ChartView::keyPressEvent(QKeyEvent *event)
{
    const qint64 middle = m_shown.from + m_shown.length() / 2;
    if (!zooms())
        return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoom(0.7, middle);
    case Qt::Key_Minus: return zoom(1 / 0.7, middle);
    case Qt::Key_Left: return pan(-0.2);
    case Qt::Key_Right: return pan(0.2);
    case Qt::Key_Home: return showSpan({whole().from, whole().from + m_shown.length()});
    case Qt::Key_End: return showSpan({whole().to - m_shown.length(), whole().to});
    case Qt::Key_0:
    case Qt::Key_Escape: return resetZoom();
    default: QWidget::keyPressEvent(event);
    }
}

void ChartView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if ((event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) && m_drawing)
        redraw();
}

void ChartView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    menu.addAction(tr("Save this chart…"), this, &ChartView::saveAs);
    menu.addAction(tr("Copy the picture"), this, &ChartView::copy);
    if (zooms())
        menu.addAction(tr("Show all of it"), this, &ChartView::resetZoom);
    menu.exec(event->globalPos());
}

QString ChartView::save(const QString &path) const
{
    Chart seen = m_chart;
    const bool table = path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive);
    if (auto *const lines = std::get_if<LineChart>(&seen); lines && !table)
        lines->span = m_shown;
    return saveChart(seen, path, exportLook());
}

void ChartView::saveAs()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save chart"), chartTitle(m_chart) + QStringLiteral(".png"),
                                                      tr("Picture (*.png);;Drawing (*.svg);;PDF (*.pdf);;Table (*.csv)"));
    if (path.isEmpty())
        return;
    if (const QString trouble = save(path); !trouble.isEmpty())
        QMessageBox::warning(this, tr("Save chart"), trouble);
}

void ChartView::copy()
{
    QApplication::clipboard()->setImage(chartPicture(m_chart, {960, 480}, 2, exportLook()));
}

} // namespace facetrack::console
