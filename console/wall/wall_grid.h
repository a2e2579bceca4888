#pragma once
#include "console/live/picture_view.h"

#include <QList>
#include <QStringList>
#include <QWidget>

namespace facetrack::console {

/// Columns of a grid of `count` pictures of this aspect in which they are largest.
int columnsFor(int count, QSize space, double aspect = 16.0 / 9);

/// Pictures side by side. Dragging one onto another changes their order; a double click shows one
/// alone, another one all again; the arrow keys and Return do the same.
class WallGrid : public QWidget
{
    Q_OBJECT

public:
    explicit WallGrid(QWidget *parent = nullptr);

    void add(PictureView *view);
    void remove(const AgentSession *session);
    const QList<PictureView *> &views() const { return m_views; }
    PictureView *alone() const { return m_alone; } ///< null: all are shown
    void showAlone(PictureView *view);             ///< null: all
    void setOrder(const QStringList &ids); ///< of agents; others come after these
    QStringList order() const;

Q_SIGNALS:
    void chosen(facetrack::console::AgentSession *session);
    void orderChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void arrange();
    double aspect() const;
    void sort();
    void move(PictureView *view, QPoint to);
    bool pressedKey(PictureView *view, int key);

    QList<PictureView *> m_views;
    QStringList m_wanted;
    PictureView *m_alone = nullptr;
    PictureView *m_dragged = nullptr;
    QPoint m_pressed;
};

} // namespace facetrack::console
