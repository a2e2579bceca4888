#include "console/app/start_marks.h"

#include "console/core/log.h"
#include "console/live/picture_view.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <ctime>
#include <unistd.h>

namespace facetrack::console {

namespace {

/// Milliseconds since the kernel started the process, to a hundredth of a second (proc(5)).
double sinceStart()
{
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    constexpr int startTime = 19; // field 22, and the first two are gone
    const double started = fields.value(startTime).toDouble() / static_cast<double>(::sysconf(_SC_CLK_TCK));
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 - started) * 1000;
}

} // namespace

StartMarks::StartMarks(QWidget *window) : QObject(window)
{
    qApp->installEventFilter(this);
}

bool StartMarks::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Paint)
        return false;
    if (!m_window && watched == parent()) {
        m_window = true;
        QMetaObject::invokeMethod(this, [] { qCDebug(lcConsole, "window painted %.0f ms after the start", sinceStart()); },
                                  Qt::QueuedConnection);
    }
    const auto *const view = qobject_cast<const PictureView *>(watched);
    if (view && !view->picture().image().isNull()) {
        QMetaObject::invokeMethod(qApp, [] { qCDebug(lcConsole, "first picture painted %.0f ms after the start", sinceStart()); },
                                  Qt::QueuedConnection);
        qApp->removeEventFilter(this);
        deleteLater();
    }
    return false;
}

} // namespace facetrack::console
