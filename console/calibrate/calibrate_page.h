#pragma once
#include "console/calibrate/focus_region.h"
#include "console/calibrate/shape_tool.h"
#include "console/shell/page.h"

#include <QPointer>
#include <QStackedLayout>

class QVBoxLayout;

namespace facetrack::console {

class AimView;
class CameraPanel;
class FacesPanel;
class FocusMeter;

/// The current agent's picture large, to aim and focus its camera, with what is measured on it at
/// the side.
class CalibratePage : public Page
{
    Q_OBJECT

public:
    explicit CalibratePage(Workspace &workspace);
    void left() override;
    QList<QAction *> pageActions() override { return m_actions; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void addSide();
    void addSection(const QString &title, QWidget *content);
    void addActions();
    void addNewShapes();
    void takeKeyboard();
    QAction *addToggle(const QString &text, const QString &key, void (AimView::*apply)(bool));
    void showAgent(AgentSession *session);

    Workspace &m_workspace;
    QStackedLayout *const m_layers;
    QWidget *const m_empty;
    QVBoxLayout *m_side;
    FocusRegion m_region;
    ShapeLists m_shapes;
    ShapeTool m_shapeTool;
    FocusMeter *const m_meter;
    FacesPanel *const m_faces;
    CameraPanel *const m_camera;
    QPointer<AimView> m_view;
    QList<QAction *> m_actions;
};

} // namespace facetrack::console
