#include "console/shell/copying.h"

#include <QAbstractItemView>
#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMessageBox>
#include <QStandardPaths>

namespace facetrack::console {

namespace {

QString lineOf(const QModelIndex &index)
{
    QStringList parts;
    for (int column = 0; column < index.model()->columnCount(index.parent()); ++column)
        if (const QString part = index.siblingAtColumn(column).data().toString(); !part.isEmpty())
            parts << part;
    return parts.join(QLatin1Char('\t'));
}

QAction *addAction(QWidget *widget, const QString &text)
{
    auto *const action = new QAction(text, widget);
    action->setShortcutContext(Qt::WidgetShortcut); // it means nothing elsewhere
    widget->addAction(action);
    widget->setContextMenuPolicy(Qt::ActionsContextMenu);
    return action;
}

void save(QWidget *widget, const QString &name, const QImage &picture)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    const QString file = QFileDialog::getSaveFileName(
        widget, QCoreApplication::translate("copying", "Save picture"), folder + QLatin1Char('/') + name + QStringLiteral(".png"),
        QCoreApplication::translate("copying", "PNG pictures (*.png)"));
    if (!file.isEmpty() && !picture.save(file, "PNG"))
        QMessageBox::warning(widget, QCoreApplication::translate("copying", "Save picture"),
                             QCoreApplication::translate("copying", "%1 cannot be written.").arg(file));
}

} // namespace

void letLinesBeCopied(QAbstractItemView *view)
{
    QAction *const copy = addAction(view, QCoreApplication::translate("copying", "Copy line"));
    copy->setShortcut(QKeySequence::Copy);
    QObject::connect(copy, &QAction::triggered, view, [view] {
        if (const QModelIndex index = view->currentIndex(); index.isValid())
            QGuiApplication::clipboard()->setText(lineOf(index));
    });
}

void letPictureBeSaved(QWidget *widget, const QString &name, const std::function<QImage()> &picture)
{
    QObject::connect(addAction(widget, QCoreApplication::translate("copying", "Save picture…")), &QAction::triggered,
                     widget, [widget, name, picture] { save(widget, name, picture()); });
    QObject::connect(addAction(widget, QCoreApplication::translate("copying", "Copy picture")), &QAction::triggered, widget,
                     [picture] { QGuiApplication::clipboard()->setImage(picture()); });
}

} // namespace facetrack::console
