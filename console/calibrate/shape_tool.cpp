#include "console/calibrate/shape_tool.h"

#include "console/calibrate/key_steps.h"
#include "console/calibrate/shape_hits.h"
#include "console/calibrate/shape_painter.h"
#include "console/live/picture_view.h"

#include <algorithm>
#include <cmath>

namespace facetrack::console {

namespace {

constexpr int keysPause = 150; // ms

/// Four decimals: a tenth of a pixel, and short in files.
Point pointAt(QPointF at)
{
    const auto rounded = [](double value) {
        return static_cast<float>(std::round(1e4 * qBound(0.0, value, 1.0)) / 1e4);
    };
    return {rounded(at.x()), rounded(at.y())};
}

QPointF fraction(const Point &point)
{
    return {point.x, point.y};
}

/// "zone 2", if there is a "zone 1".
std::string freeName(const ShapeLists::List &list, const QString &word)
{
    for (std::size_t number = 1;; ++number) {
        const std::string name = QStringLiteral("%1 %2").arg(word).arg(number).toStdString();
        if (std::none_of(list.begin(), list.end(), [&](const Shape &shape) { return shape.name == name; }))
            return name;
    }
}

} // namespace

ShapeTool::ShapeTool(ShapeLists &lists, QObject *parent) : QObject(parent), m_lists(lists)
{
    m_keysPause.setSingleShot(true);
    m_keysPause.setInterval(keysPause);
    connect(&m_keysPause, &QTimer::timeout, this, [this] { m_lists.send(m_selected.kind); });
    connect(&m_lists, &ShapeLists::changed, this, &ShapeTool::clampSelection);
}

void ShapeTool::start(ShapeKind kind)
{
    select({});
    m_lists.tell({});
    m_draft = ShapeDraft{kind, {}};
    m_cursor = {0.5, 0.5};
    Q_EMIT draftChanged();
}

void ShapeTool::addPoint(QPointF at)
{
    const Point point = pointAt(at);
    if (!m_draft->points.empty() && m_draft->points.back() == point)
        return;
    m_draft->points.push_back(point);
    if (m_draft->kind == ShapeKind::Line && m_draft->points.size() == 2)
        return finish();
    Q_EMIT draftChanged();
}

void ShapeTool::finish()
{
    if (!m_draft)
        return;
    const ShapeKindFacts facts = factsOf(m_draft->kind);
    if (m_draft->points.size() < facts.least)
        return m_lists.tell(tr("A %1 needs %2 points.").arg(facts.word).arg(facts.least));
    const ShapeDraft draft = *std::exchange(m_draft, std::nullopt);
    ShapeLists::List list = m_lists.shown(draft.kind);
    Shape shape{facts.named ? freeName(list, facts.word) : std::string(), draft.points, {}};
    if (draft.kind == ShapeKind::Line)
        shape.ways = {tr("in").toStdString(), tr("out").toStdString()};
    list.push_back(shape);
    const int index = static_cast<int>(list.size()) - 1;
    m_lists.change(draft.kind, std::move(list));
    select({draft.kind, index, -1});
    Q_EMIT draftChanged();
}

void ShapeTool::cancel()
{
    if (m_draft) {
        m_draft.reset();
        m_lists.tell({});
        Q_EMIT draftChanged();
    } else if (m_moved) {
        m_moved = m_pressed = false;
        m_lists.letGo(m_selected.kind);
    } else {
        select({});
    }
}

const Shape *ShapeTool::selectedShape() const
{
    const auto &list = m_lists.shown(m_selected.kind);
    const auto index = static_cast<std::size_t>(m_selected.index);
    return m_selected.isShape() && index < list.size() ? &list[index] : nullptr;
}

void ShapeTool::select(const ShapePlace &place)
{
    if (place == m_selected)
        return;
    if (m_keysPause.isActive()) {
        m_keysPause.stop();
        m_lists.send(m_selected.kind);
    }
    m_selected = place;
    Q_EMIT selectionChanged();
}

/// What is selected may have been removed or shortened, by others too.
void ShapeTool::clampSelection()
{
    const Shape *const shape = selectedShape();
    if (m_selected.isShape() && !shape) {
        m_keysPause.stop();
        m_pressed = m_moved = false;
        select({});
    } else if (shape && m_selected.point >= static_cast<int>(shape->points.size())) {
        select({m_selected.kind, m_selected.index, -1});
    }
}

void ShapeTool::apply(const Shape &shape, bool send)
{
    ShapeLists::List list = m_lists.shown(m_selected.kind);
    list[static_cast<std::size_t>(m_selected.index)] = shape;
    send ? m_lists.change(m_selected.kind, std::move(list)) : m_lists.hold(m_selected.kind, std::move(list));
}

void ShapeTool::rename(const Shape &named)
{
    const Shape *const before = selectedShape();
    if (!before || (before->name == named.name && before->ways == named.ways))
        return;
    Shape shape = *before;
    shape.name = named.name;
    shape.ways = named.ways;
    apply(shape, true);
}

void ShapeTool::removeSelected()
{
    const Shape *const before = selectedShape();
    if (!before)
        return;
    m_keysPause.stop();
    const ShapeKindFacts facts = factsOf(m_selected.kind);
    if (m_selected.point < 0) {
        ShapeLists::List list = m_lists.shown(m_selected.kind);
        list.erase(list.begin() + m_selected.index);
        const ShapeKind kind = m_selected.kind;
        select({});
        return m_lists.change(kind, std::move(list));
    }
    if (before->points.size() <= facts.least)
        return m_lists.tell(tr("A %1 needs %2 points. To remove it whole, click its edge first.")
                                .arg(facts.word).arg(facts.least));
    Shape shape = *before;
    shape.points.erase(shape.points.begin() + m_selected.point);
    select({m_selected.kind, m_selected.index, -1});
    apply(shape, true);
}

void ShapeTool::insertPoint(int after, QPointF at)
{
    Shape shape = *selectedShape();
    const ShapeKindFacts facts = factsOf(m_selected.kind);
    if (shape.points.size() >= facts.most)
        return m_lists.tell(tr("A %1 has at most %2 points.").arg(facts.word).arg(facts.most));
    shape.points.insert(shape.points.begin() + after + 1, pointAt(at));
    apply(shape, true);
    select({m_selected.kind, m_selected.index, after + 1});
}

void ShapeTool::moveBy(QPointF step)
{
    Shape shape = *selectedShape();
    if (m_selected.point >= 0) {
        Point &point = shape.points[static_cast<std::size_t>(m_selected.point)];
        point = pointAt(fraction(point) + step);
        return apply(shape, false);
    }
    // All of it, as far as the picture reaches.
    for (const Point &point : shape.points)
        step = {qBound(-double(point.x), step.x(), 1.0 - double(point.x)),
                qBound(-double(point.y), step.y(), 1.0 - double(point.y))};
    for (Point &point : shape.points)
        point = pointAt(fraction(point) + step);
    apply(shape, false);
}

void ShapeTool::paint(QPainter &painter, const PictureView &view) const
{
    const ShapePainter draw(painter, view);
    for (const ShapeKind kind : {ShapeKind::Mask, ShapeKind::Zone, ShapeKind::Line}) {
        const auto &list = m_lists.shown(kind);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const bool mine = m_selected.isShape() && m_selected.kind == kind
                              && m_selected.index == static_cast<int>(i);
            draw.shape(kind, list[i], mine);
            if (mine)
                draw.handles(list[i].points, m_selected.point);
        }
    }
    if (m_draft)
        draw.draft(*m_draft, m_cursor);
}

bool ShapeTool::press(QPointF at, const QMouseEvent &, const PictureView &view)
{
    m_moved = false;
    if (m_draft) {
        const bool onFirst = m_draft->points.size() >= 3
                             && QLineF(view.toWidget(fraction(m_draft->points.front())), view.toWidget(at)).length() <= 9;
        onFirst ? finish() : addPoint(at);
        return true;
    }
    const ShapeHit hit = shapeAt(at, view, m_lists, m_selected);
    select(hit.place);
    m_pressed = hit.place.isShape();
    m_last = at;
    return m_pressed;
}

void ShapeTool::drag(QPointF at)
{
    m_cursor = at;
    if (!m_pressed || !selectedShape() || at == m_last)
        return;
    if (m_selected.point >= 0) { // the point goes where the mouse is
        const Point &point = selectedShape()->points[static_cast<std::size_t>(m_selected.point)];
        m_last = fraction(point);
    }
    moveBy(at - m_last);
    m_last = at;
    m_moved = true;
}

void ShapeTool::release(QPointF at)
{
    if (m_moved)
        drag(at);
    m_pressed = false;
    if (std::exchange(m_moved, false))
        m_lists.send(m_selected.kind);
}

bool ShapeTool::doubleClick(QPointF at, const PictureView &view)
{
    if (m_draft) {
        finish();
        return true;
    }
    const ShapeHit hit = shapeAt(at, view, m_lists, m_selected);
    if (!hit.place.isShape())
        return false;
    select(hit.place);
    if (hit.edge >= 0)
        insertPoint(hit.edge, at);
    return true;
}

void ShapeTool::hover(QPointF at, const PictureView &)
{
    m_cursor = at;
}

bool ShapeTool::key(const QKeyEvent &event)
{
    if (event.matches(QKeySequence::Undo)) {
        m_lists.undo();
        return true;
    }
    return m_draft ? draftKey(event) : selectionKey(event);
}

bool ShapeTool::draftKey(const QKeyEvent &event)
{
    const QPointF step = keyStep(event);
    if (!step.isNull()) {
        m_cursor = fraction(pointAt(m_cursor + step));
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Space: addPoint(m_cursor); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: finish(); return true;
    case Qt::Key_Escape: cancel(); return true;
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
        if (!m_draft->points.empty())
            m_draft->points.pop_back();
        Q_EMIT draftChanged();
        return true;
    default: return false;
    }
}

bool ShapeTool::selectionKey(const QKeyEvent &event)
{
    const Shape *const shape = selectedShape();
    if (!shape)
        return false;
    const QPointF step = keyStep(event);
    if (!step.isNull()) {
        moveBy(step);
        m_keysPause.start();
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace: removeSelected(); return true;
    case Qt::Key_Escape: cancel(); return true;
    case Qt::Key_PageDown: stepPoint(1); return true;
    case Qt::Key_PageUp: stepPoint(-1); return true;
    case Qt::Key_Insert: {
        const int after = std::max(0, m_selected.point);
        const auto &points = shape->points;
        const auto next = static_cast<std::size_t>(after + 1) % points.size();
        insertPoint(after, (fraction(points[static_cast<std::size_t>(after)]) + fraction(points[next])) / 2);
        return true;
    }
    default: return false;
    }
}

void ShapeTool::stepPoint(int step)
{
    const int count = static_cast<int>(selectedShape()->points.size());
    const int from = m_selected.point < 0 && step < 0 ? 0 : m_selected.point;
    select({m_selected.kind, m_selected.index, (from + step + count) % count});
}

} // namespace facetrack::console
