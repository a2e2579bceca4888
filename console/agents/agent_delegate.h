#pragma once
#include <QStyledItemDelegate>

namespace facetrack::console {

/// Draws one agent of the list: a dot (its colour; a ring while it is not online), its name, how it
/// is, and what is wrong in words.
class AgentDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace facetrack::console
