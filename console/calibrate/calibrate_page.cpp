#include "console/calibrate/calibrate_page.h"

#include "console/calibrate/aim_view.h"
#include "console/calibrate/camera_panel.h"
#include "console/calibrate/faces_panel.h"
#include "console/calibrate/focus_meter.h"
#include "console/calibrate/focus_panel.h"
#include "console/calibrate/shapes_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace facetrack::console {

namespace {

constexpr int sideWidth = 300; // px

QLabel *emptyNotice()
{
    auto *const notice = new QLabel(CalibratePage::tr(
        "<h2>No agent is chosen</h2><p>Click one in the list at the left: its picture is shown here, to aim "
        "and to focus its camera.</p>"));
    notice->setAlignment(Qt::AlignCenter);
    notice->setWordWrap(true);
    notice->setMargin(40);
    return notice;
}

} // namespace

CalibratePage::CalibratePage(Workspace &workspace)
    : m_workspace(workspace), m_layers(new QStackedLayout), m_empty(emptyNotice()),
      m_shapeTool(m_shapes), m_meter(new FocusMeter(this)), m_faces(new FacesPanel), m_camera(new CameraPanel)
{
    auto *const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_layers->addWidget(m_empty);
    layout->addLayout(m_layers, 1);
    addActions();
    addSide();
    addNewShapes(); // not among the buttons above the figures: the list of shapes has its own
    connect(&m_region, &FocusRegion::changed, this, [this] {
        m_meter->setRegion(m_region.region());
        if (m_view)
            m_view->update();
    });
    const auto repaint = [this] {
        if (m_view)
            m_view->update();
    };
    connect(&m_shapes, &ShapeLists::changed, this, repaint);
    connect(&m_shapeTool, &ShapeTool::selectionChanged, this, repaint);
    connect(&m_shapeTool, &ShapeTool::draftChanged, this, repaint);
    connect(m_faces, &FacesPanel::visibleFaces, this, [this](bool visible) {
        if (m_view)
            m_view->setFacesVisible(visible);
    });
    connect(&workspace.current, &CurrentAgent::changed, this, &CalibratePage::showAgent);
    connect(&workspace.agents, &AgentListModel::sessionRemoved, this, [this](AgentSession *gone) {
        if (m_view && (!m_view->session() || m_view->session() == gone))
            showAgent(nullptr);
    });
    showAgent(workspace.current.session());
}

void CalibratePage::addSide()
{
    auto *const side = new QWidget;
    m_side = new QVBoxLayout(side);
    auto *const toggles = new QHBoxLayout;
    for (QAction *const action : m_actions) {
        auto *const button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        toggles->addWidget(button);
    }
    toggles->addStretch();
    m_side->addLayout(toggles);
    addSection(tr("Focus"), new FocusPanel(*m_meter, m_region));
    addSection(tr("Face size"), m_faces);
    auto *const shapes = new ShapesPanel(m_shapes, m_shapeTool);
    connect(shapes, &ShapesPanel::drawing, this, &CalibratePage::takeKeyboard);
    addSection(tr("Zones, lines, masks"), shapes);
    addSection(tr("Camera"), m_camera);
    m_side->addStretch();
    auto *const scroll = new QScrollArea;
    scroll->setWidget(side);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    // Words of other languages are longer.
    scroll->setFixedWidth(std::max(sideWidth, side->minimumSizeHint().width()
                                                  + style()->pixelMetric(QStyle::PM_ScrollBarExtent)));
    layout()->addWidget(scroll);
}

void CalibratePage::addSection(const QString &title, QWidget *content)
{
    auto *const heading = new QLabel(title);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    m_side->addSpacing(6);
    m_side->addWidget(heading);
    m_side->addWidget(content);
}

QAction *CalibratePage::addToggle(const QString &text, const QString &key, void (AimView::*apply)(bool))
{
    auto *const action = new QAction(text, this);
    action->setObjectName(key);
    action->setCheckable(true);
    action->setChecked(m_workspace.settings.value(key).toBool());
    connect(action, &QAction::toggled, this, [this, key, apply](bool on) {
        m_workspace.settings.set(key, on);
        if (m_view)
            (m_view->*apply)(on);
    });
    m_actions << action;
    return action;
}

void CalibratePage::addActions()
{
    addToggle(tr("Grid"), QStringLiteral("calibrate/grid"), &AimView::setGrid)
        ->setToolTip(tr("Thirds of the picture"));
    addToggle(tr("Horizon"), QStringLiteral("calibrate/horizon"), &AimView::setHorizon)
        ->setToolTip(tr("A level line at half height"));
}

void CalibratePage::addNewShapes()
{
    for (const ShapeKind kind : allShapeKinds) {
        auto *const action = new QAction(tr("New %1").arg(factsOf(kind).word), this);
        connect(action, &QAction::triggered, this, [this, kind] {
            if (!m_shapes.canChange())
                return m_shapes.tell(tr("The agent is not there now: nothing was changed."));
            m_shapeTool.start(kind);
            takeKeyboard();
        });
        m_actions << action;
    }
}

void CalibratePage::takeKeyboard()
{
    if (m_view)
        m_view->setFocus();
}

void CalibratePage::showAgent(AgentSession *session)
{
    if (m_view && m_view->session() == session)
        return;
    delete m_view;
    m_region.set(std::nullopt);
    if (m_shapeTool.draft())
        m_shapeTool.cancel();
    m_shapes.setSession(session);
    m_meter->setSession(session);
    if (session) {
        m_view = new AimView(session, m_workspace.agents.colour(session), {&m_shapeTool, &m_region});
        m_view->setObjectName(QStringLiteral("aimView"));
        m_view->setGrid(m_workspace.settings.value(QStringLiteral("calibrate/grid")).toBool());
        m_view->setHorizon(m_workspace.settings.value(QStringLiteral("calibrate/horizon")).toBool());
        m_layers->addWidget(m_view);
        m_layers->setCurrentWidget(m_view);
    } else {
        m_layers->setCurrentWidget(m_empty);
    }
    m_faces->setSession(session);
    m_camera->setSession(session);
}

void CalibratePage::showEvent(QShowEvent *)
{
    m_meter->start();
}

void CalibratePage::hideEvent(QHideEvent *)
{
    m_meter->stop();
}

void CalibratePage::left()
{
    m_faces->endCalibration();
}

} // namespace facetrack::console
