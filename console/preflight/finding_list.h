#pragma once
#include "console/core/finding.h"

#include <QTreeWidget>

namespace facetrack::console {

/// Findings as lines under what they belong to: what, how it is, in words, and what to do. Whatever
/// is not good is in words too, never only a colour. Lines can be copied (Ctrl+C).
class FindingList : public QTreeWidget
{
    Q_OBJECT

public:
    enum Column { What, State, Words, Advice };

    explicit FindingList(QWidget *parent = nullptr);

    /// Keeps what is chosen and opened where the line is still there.
    void show(const QList<Finding> &findings);
    using QTreeWidget::show;
    const QList<Finding> &findings() const { return m_findings; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill(QTreeWidgetItem *line, const Finding &finding);
    void fillHead(QTreeWidgetItem *head);
    void colour();

    QList<Finding> m_findings;
};

} // namespace facetrack::console
