#include "console/shell/command_search.h"

#include <QAction>
#include <QDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenu>
#include <QVBoxLayout>
#include <functional>

namespace facetrack::console {

namespace {

struct Command
{
    QString text, hint;
    std::function<void()> run;
};

QString plain(QString text)
{
    return text.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
}

QList<Command> commandsOf(QMainWindow *window, Workspace &workspace)
{
    QList<Command> commands;
    for (QAction *const action : window->findChildren<QAction *>()) {
        const bool here = action->shortcutContext() != Qt::WidgetShortcut; // not only in one list or picture
        if (!here || action->isSeparator() || action->menu() || action->text().isEmpty() || !action->isEnabled())
            continue;
        commands.push_back({plain(action->text()), action->shortcut().toString(QKeySequence::NativeText),
                            [action] { action->trigger(); }});
    }
    for (AgentSession *const session : workspace.agents.sessions())
        commands.push_back({session->name(), session->address(),
                            [&workspace, session] { workspace.current.set(session); }});
    return commands;
}

/// All words of what was typed occur, in any order.
bool fits(const Command &command, const QString &typed)
{
    const QString text = command.text + QLatin1Char(' ') + command.hint;
    for (const QString &word : typed.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        if (!text.contains(word, Qt::CaseInsensitive))
            return false;
    return true;
}

class CommandSearch : public QDialog
{
    Q_OBJECT

public:
    CommandSearch(QWidget *parent, QList<Command> commands)
        : QDialog(parent, Qt::Popup), m_commands(std::move(commands)), m_line(new QLineEdit),
          m_list(new QListWidget)
    {
        setObjectName(QStringLiteral("commandSearch"));
        setAttribute(Qt::WA_DeleteOnClose);
        m_line->setPlaceholderText(tr("Type a command, a page or an agent"));
        m_line->setAccessibleName(tr("Command"));
        m_line->installEventFilter(this);
        m_list->setAccessibleName(tr("Commands that fit"));
        auto *const layout = new QVBoxLayout(this);
        layout->addWidget(m_line);
        layout->addWidget(m_list);
        connect(m_line, &QLineEdit::textChanged, this, &CommandSearch::fill);
        connect(m_line, &QLineEdit::returnPressed, this, &CommandSearch::run);
        connect(m_list, &QListWidget::itemClicked, this, &CommandSearch::run);
        fill({});
        resize(520, 360);
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() != QEvent::KeyPress)
            return false;
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key != Qt::Key_Up && key != Qt::Key_Down)
            return false;
        const int row = m_list->currentRow() + (key == Qt::Key_Up ? -1 : 1);
        m_list->setCurrentRow(qBound(0, row, m_list->count() - 1));
        return true;
    }

private:
    void fill(const QString &typed)
    {
        m_list->clear();
        for (int i = 0; i < m_commands.size(); ++i) {
            if (!fits(m_commands[i], typed))
                continue;
            const Command &command = m_commands[i];
            auto *const item = new QListWidgetItem(
                command.hint.isEmpty() ? command.text
                                       : command.text + QStringLiteral("    ") + command.hint,
                m_list);
            item->setData(Qt::UserRole, i);
        }
        m_list->setCurrentRow(0);
    }

    void run()
    {
        const QListWidgetItem *const item = m_list->currentItem();
        if (!item)
            return;
        const Command command = m_commands[item->data(Qt::UserRole).toInt()];
        close();
        command.run();
    }

    const QList<Command> m_commands;
    QLineEdit *const m_line;
    QListWidget *const m_list;
};

} // namespace

void openCommandSearch(QMainWindow *window, Workspace &workspace)
{
    auto *const search = new CommandSearch(window, commandsOf(window, workspace));
    search->move(window->mapToGlobal(QPoint((window->width() - search->width()) / 2, 60)));
    search->show();
    search->findChild<QLineEdit *>()->setFocus();
}

} // namespace facetrack::console

#include "command_search.moc"
