#include "console/wall/wall_grid.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>

namespace facetrack::console {

int columnsFor(int count, QSize space, double aspect)
{
    int best = 1;
    double widest = 0;
    for (int columns = 1; columns <= count; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const double width = std::min(double(space.width()) / columns, aspect * space.height() / rows);
        if (width > widest) {
            widest = width;
            best = columns;
        }
    }
    return best;
}

WallGrid::WallGrid(QWidget *parent) : QWidget(parent) {}

void WallGrid::add(PictureView *view)
{
    view->setParent(this);
    view->setFocusPolicy(Qt::StrongFocus);
    view->installEventFilter(this);
    m_views << view;
    connect(view, &PictureView::shaped, this, &WallGrid::arrange);
    sort();
    arrange();
}

void WallGrid::remove(const AgentSession *session)
{
    for (PictureView *const view : QList(m_views)) {
        if (view->session() != session)
            continue;
        m_views.removeOne(view);
        if (m_alone == view)
            m_alone = nullptr;
        view->hide();
        view->deleteLater();
    }
    arrange();
}

void WallGrid::setOrder(const QStringList &ids)
{
    m_wanted = ids;
    sort();
    arrange();
}

QStringList WallGrid::order() const
{
    QStringList ids;
    for (const PictureView *const view : m_views)
        ids << (view->session()->id().isEmpty() ? view->session()->address() : view->session()->id());
    return ids;
}

void WallGrid::sort()
{
    const auto place = [this](const PictureView *view) {
        const auto at = m_wanted.indexOf(view->session()->id());
        return at < 0 ? m_wanted.size() : at;
    };
    std::stable_sort(m_views.begin(), m_views.end(),
                     [&](const PictureView *a, const PictureView *b) { return place(a) < place(b); });
}

void WallGrid::showAlone(PictureView *view)
{
    m_alone = view;
    arrange();
}

/// Of the first picture that has come; cameras of one booth are mostly alike.
double WallGrid::aspect() const
{
    for (const PictureView *const view : m_views)
        if (const QSizeF size = view->pictureRect().size(); !size.isEmpty())
            return size.width() / size.height();
    return 16.0 / 9;
}

void WallGrid::arrange()
{
    constexpr int gap = 4;
    const int count = m_alone ? 1 : static_cast<int>(m_views.size());
    if (count == 0)
        return;
    const int columns = columnsFor(count, size(), aspect()), rows = (count + columns - 1) / columns;
    int place = 0;
    for (PictureView *const view : m_views) {
        if (m_alone && view != m_alone) {
            view->hide();
            continue;
        }
        const int column = place % columns, row = place / columns;
        const QPoint from(column * width() / columns, row * height() / rows);
        const QPoint to((column + 1) * width() / columns, (row + 1) * height() / rows);
        view->setGeometry(QRect(from, to - QPoint(1, 1)).adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2));
        view->show();
        ++place;
    }
}

void WallGrid::resizeEvent(QResizeEvent *)
{
    arrange();
}

void WallGrid::move(PictureView *view, QPoint to)
{
    for (PictureView *const other : m_views) {
        if (other == view || !other->geometry().contains(to))
            continue;
        m_views.move(m_views.indexOf(view), m_views.indexOf(other));
        m_wanted = order();
        arrange();
        Q_EMIT orderChanged();
        return;
    }
}

bool WallGrid::pressedKey(PictureView *view, int key)
{
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        showAlone(m_alone ? nullptr : view);
        view->setFocus();
        return true;
    }
    if (key == Qt::Key_Escape && m_alone) {
        showAlone(nullptr);
        return true;
    }
    const int step = key == Qt::Key_Left ? -1 : key == Qt::Key_Right ? 1 : 0;
    const qsizetype next = m_views.indexOf(view) + step;
    if (step == 0 || next < 0 || next >= m_views.size())
        return false;
    m_views[next]->setFocus();
    if (m_alone)
        showAlone(m_views[next]);
    Q_EMIT chosen(m_views[next]->session());
    return true;
}

bool WallGrid::eventFilter(QObject *watched, QEvent *event)
{
    auto *const view = qobject_cast<PictureView *>(watched);
    if (!view || !m_views.contains(view))
        return false;
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        m_pressed = view->mapToParent(static_cast<QMouseEvent *>(event)->position().toPoint());
        m_dragged = nullptr;
        Q_EMIT chosen(view->session());
        return false;
    case QEvent::MouseMove: {
        const QPoint at = view->mapToParent(static_cast<QMouseEvent *>(event)->position().toPoint());
        if ((at - m_pressed).manhattanLength() > QApplication::startDragDistance())
            m_dragged = view;
        return false;
    }
    case QEvent::MouseButtonRelease:
        if (std::exchange(m_dragged, nullptr) && !m_alone)
            move(view, view->mapToParent(static_cast<QMouseEvent *>(event)->position().toPoint()));
        return false;
    case QEvent::MouseButtonDblClick:
        showAlone(m_alone ? nullptr : view);
        return true;
    case QEvent::KeyPress: return pressedKey(view, static_cast<QKeyEvent *>(event)->key());
    default: return false;
    }
}

} // namespace facetrack::console
