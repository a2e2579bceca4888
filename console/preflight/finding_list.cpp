#include "console/preflight/finding_list.h"

#include "console/shell/copying.h"
#include "console/shell/theme.h"

#include <QApplication>
#include <QEvent>
#include <QHeaderView>
#include <QStyledItemDelegate>

namespace facetrack::console {

namespace {

constexpr int StateRole = Qt::UserRole;

QString mark(FindingState state)
{
    switch (state) {
    case FindingState::Good: return QStringLiteral("✓");
    case FindingState::Attention: return QStringLiteral("!");
    case FindingState::Bad: return QStringLiteral("✗");
    case FindingState::Unknown: return QStringLiteral("?");
    }
    return {};
}

QString marked(FindingState state)
{
    return mark(state) + QLatin1Char(' ') + stateWords(state);
}

QBrush brushOf(FindingState state)
{
    switch (state) {
    case FindingState::Attention: return warningColour();
    case FindingState::Bad: return errorColour();
    case FindingState::Unknown: return QApplication::palette().color(QPalette::PlaceholderText);
    case FindingState::Good: break;
    }
    return {}; // as other text
}

/// Rows as high as their words need in the columns as they are; Qt's own tree asks for one line.
class WrappedRows : public QStyledItemDelegate
{
public:
    explicit WrappedRows(QTreeView *tree) : QStyledItemDelegate(tree), m_tree(tree) {}

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem wide(option);
        const bool own = index.column() != FindingList::Words && index.column() != FindingList::Advice;
        if (!own) // the others are as wide as their words
            wide.rect = QRect(0, 0, m_tree->columnWidth(index.column()), 1);
        return QStyledItemDelegate::sizeHint(wide, index) + QSize(0, 4);
    }

private:
    const QTreeView *const m_tree;
};

} // namespace

FindingList::FindingList(QWidget *parent) : QTreeWidget(parent)
{
    setHeaderLabels({tr("What"), tr("State"), tr("How it is"), tr("What to do")});
    setAccessibleName(tr("What was looked at"));
    setWordWrap(true);
    setUniformRowHeights(false);
    setAlternatingRowColors(true);
    setAllColumnsShowFocus(true);
    letLinesBeCopied(this);
    setItemDelegate(new WrappedRows(this));
    connect(header(), &QHeaderView::sectionResized, this, &FindingList::scheduleDelayedItemsLayout);
    header()->setStretchLastSection(true);
    header()->setSectionResizeMode(What, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(State, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(Words, QHeaderView::Stretch);
    header()->setSectionResizeMode(Advice, QHeaderView::Stretch);
}

void FindingList::fill(QTreeWidgetItem *line, const Finding &finding)
{
    line->setText(What, finding.item);
    line->setText(State, marked(finding.state));
    line->setText(Words, finding.words);
    line->setText(Advice, finding.advice);
    line->setToolTip(Words, finding.words);
    line->setToolTip(Advice, finding.advice);
    line->setData(State, StateRole, static_cast<int>(finding.state));
    line->setForeground(State, brushOf(finding.state));
}

void FindingList::fillHead(QTreeWidgetItem *head)
{
    QList<Finding> own;
    for (const Finding &finding : m_findings)
        if (finding.subject == head->text(What))
            own << finding;
    const FindingState worst = worstOf(own);
    head->setText(State, marked(worst));
    head->setText(Words, headline(own));
    head->setData(State, StateRole, static_cast<int>(worst));
    head->setForeground(State, brushOf(worst));
}

void FindingList::show(const QList<Finding> &findings)
{
    if (findings == m_findings && topLevelItemCount() > 0)
        return;
    m_findings = findings;
    QStringList subjects;
    QHash<QString, int> lines;
    for (const Finding &finding : findings) {
        auto at = subjects.indexOf(finding.subject);
        if (at < 0) {
            at = subjects.size();
            subjects << finding.subject;
        }
        QTreeWidgetItem *head = topLevelItem(static_cast<int>(at));
        if (!head) {
            head = new QTreeWidgetItem(this);
            QFont bold = font();
            bold.setBold(true);
            head->setFont(What, bold);
            head->setExpanded(true);
        }
        head->setText(What, finding.subject);
        const int row = lines[finding.subject]++;
        fill(row < head->childCount() ? head->child(row) : new QTreeWidgetItem(head), finding);
    }
    while (topLevelItemCount() > subjects.size())
        delete takeTopLevelItem(topLevelItemCount() - 1);
    for (int i = 0; i < topLevelItemCount(); ++i) {
        QTreeWidgetItem *const head = topLevelItem(i);
        while (head->childCount() > lines[head->text(What)])
            delete head->takeChild(head->childCount() - 1);
        fillHead(head);
    }
    // A changed text does not make its row higher by itself.
    scheduleDelayedItemsLayout();
}

void FindingList::colour()
{
    const auto anew = [](QTreeWidgetItem *line) {
        line->setForeground(State, brushOf(static_cast<FindingState>(line->data(State, StateRole).toInt())));
    };
    for (int i = 0; i < topLevelItemCount(); ++i) {
        anew(topLevelItem(i));
        for (int k = 0; k < topLevelItem(i)->childCount(); ++k)
            anew(topLevelItem(i)->child(k));
    }
}

void FindingList::changeEvent(QEvent *event)
{
    QTreeWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

} // namespace facetrack::console
