#include "console/present/presentation.h"

#include "console/present/chart_slide.h"
#include "console/present/figures_slide.h"
#include "console/present/picture_slide.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPalette>
#include <QVBoxLayout>
#include <algorithm>

namespace facetrack::console {

namespace {

constexpr int LinesInHeight = 36; ///< of text: on 50 cm of height letters are 1 cm, read from 3 m
constexpr auto Gathered = std::chrono::milliseconds(300);

QPalette darkPalette()
{
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(0x14, 0x17, 0x1a));
    palette.setColor(QPalette::WindowText, QColor(0xf2, 0xf4, 0xf5));
    return palette;
}

bool hasData(const EventReport &report)
{
    return report.total.hasData();
}

} // namespace

Presentation::Presentation(Workspace &workspace)
    : m_workspace(workspace), m_awake(tr("figures of the event are shown")), m_today(workspace, this), m_stack(new QStackedLayout),
      m_title(new QLabel), m_note(new QLabel), m_last(new QLabel)
{
    setObjectName(QStringLiteral("presentation"));
    setWindowTitle(tr("facetrack: presentation"));
    setAccessibleName(tr("Presentation; Escape ends it"));
    setAttribute(Qt::WA_DeleteOnClose);
    setCursor(Qt::BlankCursor);
    setPalette(darkPalette());
    setAutoFillBackground(true);
    setFocusPolicy(Qt::StrongFocus);
    m_title->setObjectName(QStringLiteral("presentTitle"));
    m_note->setObjectName(QStringLiteral("presentNote"));
    m_last->setObjectName(QStringLiteral("presentLast"));
    auto *const layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addLayout(m_stack, 1);
    auto *const foot = new QHBoxLayout;
    foot->addWidget(m_note, 1);
    foot->addWidget(m_last);
    layout->addLayout(foot);
    addSlide(new FiguresSlide(m_today));
    addCharts();
    addPictures();
    m_turn.setInterval(usualPace);
    connect(&m_turn, &QTimer::timeout, this, [this] { turn(true); });
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &Presentation::refresh);
    m_soon.setSingleShot(true);
    m_soon.setInterval(Gathered);
    connect(&m_soon, &QTimer::timeout, this, &Presentation::addPictures);
    // An agent that is new tells its name a little later; its picture is among the others at once.
    connect(&workspace.agents, &AgentListModel::sessionAdded, &m_soon, qOverload<>(&QTimer::start));
    connect(&workspace.agents, &AgentListModel::sessionRemoved, &m_soon, qOverload<>(&QTimer::start));
    m_turn.start();
    m_tick.start();
    m_today.askNow();
    showSlide(0);
}

void Presentation::addCharts()
{
    using Made = std::optional<Chart>;
    addSlide(new ChartSlide(m_today, [](const EventReport &report, const ReportLook &look) {
        return hasData(report) ? Made(facesToday(report, look)) : Made();
    }));
    addSlide(new ChartSlide(m_today, [](const EventReport &report, const ReportLook &) {
        return hasData(report) ? Made(hoursToday(report)) : Made();
    }));
    addSlide(new ChartSlide(m_today, [](const EventReport &report, const ReportLook &look) {
        return report.agents.size() > 1 && report.total.visits > 0 ? Made(shareByAgent(report, Measure::Visits, look.styles)) : Made();
    }));
}

/// After the charts; anew when agents come and go.
void Presentation::addPictures()
{
    const Slide *const shown = current();
    const bool wasPicture = std::any_of(m_pictures.begin(), m_pictures.end(), [shown](const Slide *slide) { return slide == shown; });
    for (Slide *const slide : m_pictures) {
        m_slides.removeOne(slide);
        delete slide;
    }
    m_pictures.clear();
    QList<AgentSession *> some;
    const auto flush = [this, &some] {
        if (some.isEmpty())
            return;
        auto *const slide = new PictureSlide(m_workspace.agents, some);
        m_pictures << slide;
        addSlide(slide);
        some.clear();
    };
    for (AgentSession *const session : m_workspace.agents.sessions()) {
        some << session;
        if (some.size() == PictureSlide::Most)
            flush();
    }
    flush();
    if (wasPicture)
        showSlide(m_pictures.isEmpty() ? 0 : static_cast<int>(m_slides.indexOf(m_pictures.first())));
}

void Presentation::addSlide(Slide *slide)
{
    m_slides << slide;
    m_stack->addWidget(slide);
    connect(slide, &Slide::updated, this, [this, slide] {
        if (slide == current())
            refresh();
    });
}

const Slide *Presentation::current() const
{
    return static_cast<const Slide *>(m_stack->currentWidget());
}

void Presentation::showSlide(int index)
{
    m_stack->setCurrentWidget(m_slides[index]);
    refresh();
}

void Presentation::turn(bool forward)
{
    const auto count = static_cast<int>(m_slides.size());
    auto at = static_cast<int>(std::find(m_slides.begin(), m_slides.end(), current()) - m_slides.begin());
    for (int tried = 0; tried < count; ++tried) {
        at = (at + (forward ? 1 : count - 1)) % count;
        if (m_slides[at]->isWorthIt())
            break;
    }
    m_turn.start();
    showSlide(at);
}

void Presentation::refresh()
{
    const Slide *const slide = current();
    m_title->setText(slide->title());
    const QDateTime last = slide->lastUpdate();
    m_last->setText(last.isNull() ? tr("no data yet") : tr("last update %1").arg(last.time().toString(QStringLiteral("HH:mm:ss"))));
    const bool old = last.isNull() || last.secsTo(QDateTime::currentDateTime()) > slide->fresh().count();
    QPalette palette = darkPalette();
    if (old)
        palette.setColor(QPalette::WindowText, QColor(0xff, 0xb7, 0x4d));
    m_last->setPalette(palette);
    const bool madeUp = m_today.report() && m_today.report()->isSimulated();
    QStringList notes;
    if (madeUp)
        notes << tr("MADE UP: simulated data");
    if (!m_today.trouble().isEmpty())
        notes << m_today.trouble();
    m_note->setText(notes.join(QStringLiteral(" · ")));
}

void Presentation::showOn(QScreen *screen)
{
    if (screen) {
        setScreen(screen);
        setGeometry(screen->geometry());
    }
    showFullScreen();
    activateWindow();
    setFocus();
}

void Presentation::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        close();
        break;
    case Qt::Key_Right:
    case Qt::Key_Space:
    case Qt::Key_PageDown:
        turn(true);
        break;
    case Qt::Key_Left:
    case Qt::Key_PageUp:
        turn(false);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void Presentation::resizeEvent(QResizeEvent *)
{
    QFont large = font();
    large.setPixelSize(std::max(12, height() / LinesInHeight));
    setFont(large);
    large.setBold(true);
    large.setPixelSize(std::max(14, height() * 3 / 2 / LinesInHeight));
    m_title->setFont(large);
}

void Presentation::closeEvent(QCloseEvent *event)
{
    Q_EMIT ended();
    QWidget::closeEvent(event);
}

} // namespace facetrack::console
