#include "console/shell/icons.h"

#include <QApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace facetrack::console {

namespace {

// Each is drawn into 24 x 24 units.
QPainterPath wall()
{
    QPainterPath path;
    for (const QPointF &at : {QPointF(3, 4), QPointF(13, 4), QPointF(3, 13), QPointF(13, 13)})
        path.addRect(QRectF(at, QSizeF(8, 7)));
    return path;
}

QPainterPath calibrate()
{
    QPainterPath path;
    path.addEllipse(QPointF(12, 12), 8, 8);
    path.addEllipse(QPointF(12, 12), 3, 3);
    for (const QPointF &way : {QPointF(0, 1), QPointF(0, -1), QPointF(1, 0), QPointF(-1, 0)}) {
        path.moveTo(QPointF(12, 12) + way * 6);
        path.lineTo(QPointF(12, 12) + way * 11);
    }
    return path;
}

QPainterPath charts()
{
    QPainterPath path;
    path.addRect(4, 12, 4, 8);
    path.addRect(10, 5, 4, 15);
    path.addRect(16, 9, 4, 11);
    return path;
}

QPainterPath lines(std::initializer_list<QPolygonF> polylines)
{
    QPainterPath path;
    for (const QPolygonF &polyline : polylines)
        path.addPolygon(polyline);
    return path;
}

QPainterPath connections()
{
    QPainterPath path;
    path.addEllipse(QRectF(4, 3, 16, 6));
    path.moveTo(4, 6);
    path.lineTo(4, 18);
    path.arcTo(QRectF(4, 15, 16, 6), 180, 180);
    path.lineTo(20, 6);
    path.moveTo(4, 12);
    path.arcTo(QRectF(4, 9, 16, 6), 180, 180);
    return path;
}

QPainterPath search()
{
    QPainterPath path;
    path.addEllipse(QPointF(10, 10), 6, 6);
    path.moveTo(15, 15);
    path.lineTo(21, 21);
    return path;
}

QPainterPath turn(bool forward)
{
    QPainterPath path;
    path.moveTo(5, 17);
    path.cubicTo(QPointF(5, 9), QPointF(12, 8), QPointF(19, 9));
    path.moveTo(15, 4);
    path.lineTo(20, 9);
    path.lineTo(15, 14);
    return forward ? path : QTransform(-1, 0, 0, 1, 24, 0).map(path);
}

QPainterPath pathOf(Icon which)
{
    switch (which) {
    case Icon::Wall: return wall();
    case Icon::Calibrate: return calibrate();
    case Icon::Charts: return charts();
    case Icon::Preflight: return lines({QPolygonF({{4, 13}, {9, 18}, {20, 6}})});
    case Icon::Connections: return connections();
    case Icon::Count: // four strokes and one across
        return lines({QPolygonF({{5, 5}, {5, 19}}), QPolygonF({{9.7, 5}, {9.7, 19}}), QPolygonF({{14.3, 5}, {14.3, 19}}),
                      QPolygonF({{19, 5}, {19, 19}}), QPolygonF({{2, 17}, {22, 7}})});
    case Icon::Search: return search();
    case Icon::FullScreen:
        return lines({QPolygonF({{4, 9}, {4, 4}, {9, 4}}), QPolygonF({{15, 4}, {20, 4}, {20, 9}}),
                      QPolygonF({{20, 15}, {20, 20}, {15, 20}}), QPolygonF({{9, 20}, {4, 20}, {4, 15}})});
    case Icon::Add: return lines({QPolygonF({{12, 4}, {12, 20}}), QPolygonF({{4, 12}, {20, 12}})});
    case Icon::Undo: return turn(false);
    case Icon::Redo: return turn(true);
    case Icon::Warning:
        return lines({QPolygonF({{12, 3}, {22, 21}, {2, 21}, {12, 3}}), QPolygonF({{12, 9}, {12, 15}}),
                      QPolygonF({{12, 17.5}, {12, 18.5}})});
    }
    return {};
}

class LineIcon : public QIconEngine
{
public:
    explicit LineIcon(Icon which) : m_which(which) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const auto role = mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / 24.0, rect.height() / 24.0);
        painter->setPen(QPen(QApplication::palette().color(group, role), 1.8, Qt::SolidLine,
                             Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(pathOf(m_which));
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new LineIcon(m_which); }

private:
    const Icon m_which;
};

} // namespace

QIcon icon(Icon which)
{
    return QIcon(new LineIcon(which));
}

} // namespace facetrack::console
