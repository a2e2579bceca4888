#pragma once
#include "console/calibrate/picture_tool.h"
#include "console/calibrate/shape_lists.h"

#include <QTimer>
#include <optional>

namespace facetrack::console {

/// A shape, and one of its points (below 0: all of it).
struct ShapePlace
{
    ShapeKind kind = ShapeKind::Zone;
    int index = -1; ///< below 0: none
    int point = -1;

    bool operator==(const ShapePlace &) const = default;
    bool isShape() const { return index >= 0; }
};

/// A shape that is being drawn.
struct ShapeDraft
{
    ShapeKind kind;
    std::vector<Point> points;
};

/// Draws and edits an agent's shapes on its picture, by mouse and keyboard. What is finished is sent.
class ShapeTool : public QObject, public PictureTool
{
    Q_OBJECT

public:
    explicit ShapeTool(ShapeLists &lists, QObject *parent = nullptr);

    void start(ShapeKind kind); ///< the next clicks are its points
    void finish();              ///< the one that is drawn
    void cancel();              ///< drawing, a drag, or else the selection
    const std::optional<ShapeDraft> &draft() const { return m_draft; }

    const ShapePlace &selected() const { return m_selected; }
    const Shape *selectedShape() const; ///< null: none
    void select(const ShapePlace &place);
    void removeSelected();              ///< the point, or the shape
    /// A name, or the two ways of a line, have been edited.
    void rename(const Shape &named);

    void paint(QPainter &painter, const PictureView &view) const override;
    bool press(QPointF at, const QMouseEvent &event, const PictureView &view) override;
    void drag(QPointF at) override;
    void release(QPointF at) override;
    bool doubleClick(QPointF at, const PictureView &view) override;
    void hover(QPointF at, const PictureView &view) override;
    bool key(const QKeyEvent &event) override;

Q_SIGNALS:
    void selectionChanged();
    void draftChanged();

private:
    bool draftKey(const QKeyEvent &event);
    bool selectionKey(const QKeyEvent &event);
    void addPoint(QPointF at);
    void insertPoint(int after, QPointF at);
    void stepPoint(int step);
    void moveBy(QPointF step);
    void apply(const Shape &shape, bool send);
    void clampSelection();

    ShapeLists &m_lists;
    std::optional<ShapeDraft> m_draft;
    QPointF m_cursor{0.5, 0.5}; ///< where the next point would be
    ShapePlace m_selected;
    QPointF m_last;        ///< of a drag
    bool m_moved = false;  ///< in this drag
    bool m_pressed = false;
    QTimer m_keysPause;    ///< a row of key presses is sent once
};

} // namespace facetrack::console
