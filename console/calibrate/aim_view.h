#pragma once
#include "console/calibrate/picture_tool.h"
#include "console/live/picture_view.h"

#include <vector>

namespace facetrack::console {

/// The picture on which a camera is aimed: with a grid of thirds, a level line, and tools that are
/// used on it. Tools are asked in order; they belong to the page and outlive the view.
class AimView : public PictureView
{
    Q_OBJECT

public:
    AimView(AgentSession *session, const QColor &colour, std::vector<PictureTool *> tools);

    void setGrid(bool shown);
    void setHorizon(bool shown);

protected:
    void paintOver(QPainter &painter) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    const std::vector<PictureTool *> m_tools;
    PictureTool *m_held = nullptr; ///< the one that has the mouse
    bool m_grid = false;
    bool m_horizon = false;
};

} // namespace facetrack::console
