#include "console/agents/agent_delegate.h"

#include "console/core/agent_list_model.h"
#include "console/shell/theme.h"

#include <QApplication>
#include <QPainter>

namespace facetrack::console {

namespace {

constexpr int Margin = 6, Dot = 10;

void drawDot(QPainter *painter, const QRect &line, const QModelIndex &index, bool selected)
{
    const bool online = index.data(AgentListModel::ContactRole).toInt() == static_cast<int>(Contact::Online);
    const auto colour = index.data(AgentListModel::ColourRole).value<QColor>();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF dot(line.left(), line.center().y() - Dot / 2.0, Dot, Dot);
    // On white, so that a full one and a ring differ on the selection's colour too.
    painter->setPen(Qt::NoPen);
    painter->setBrush(Qt::white);
    if (selected)
        painter->drawEllipse(dot.adjusted(-3, -3, 3, 3));
    painter->setPen(QPen(colour, 2));
    painter->setBrush(online ? QBrush(colour) : Qt::NoBrush);
    painter->drawEllipse(dot);
}

} // namespace

void AgentDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    painter->save();
    QStyleOptionViewItem item(option);
    item.text.clear();
    QApplication::style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, item.widget);
    const bool selected = item.state.testFlag(QStyle::State_Selected);
    const QPalette &palette = item.palette;
    const QColor text = palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor faint = selected ? text : palette.color(QPalette::PlaceholderText);
    QRect line = item.rect.adjusted(Margin, Margin, -Margin, 0);
    line.setHeight(item.fontMetrics.height());
    drawDot(painter, line, index, selected);
    line.setLeft(line.left() + Dot + Margin);

    const auto write = [&](const QString &what, const QColor &colour, bool bold) {
        QFont font(item.font);
        font.setBold(bold);
        painter->setFont(font);
        painter->setPen(colour);
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(font).elidedText(what, Qt::ElideRight, line.width()));
        line.translate(0, item.fontMetrics.height());
    };
    write(index.data().toString(), text, true);
    write(index.data(AgentListModel::StateRole).toString(), faint, false);
    write(index.data(AgentListModel::WarningRole).toString(), selected ? text : warningColour(), false);
    painter->restore();
}

QSize AgentDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int lines = index.data(AgentListModel::WarningRole).toString().isEmpty() ? 2 : 3;
    return {180, lines * option.fontMetrics.height() + 2 * Margin};
}

} // namespace facetrack::console
