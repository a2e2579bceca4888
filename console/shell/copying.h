#pragma once
#include <QImage>
#include <QString>
#include <functional>

class QAbstractItemView;
class QWidget;

namespace facetrack::console {

/// Ctrl+C and the context menu copy the chosen line of a list: its columns with tabs between.
void letLinesBeCopied(QAbstractItemView *view);

/// The context menu saves and copies what `picture` gives then. `name` is proposed for the file.
void letPictureBeSaved(QWidget *widget, const QString &name, const std::function<QImage()> &picture);

} // namespace facetrack::console
