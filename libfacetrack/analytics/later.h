#pragma once
#include <QMetaObject>
#include <QObject>
#include <QPointer>
#include <utility>

namespace facetrack {

/// Calls back from the event loop, unless `asked` or `context` is gone by then.
template<typename Done, typename Answer>
void answerLater(QObject *asked, QObject *context, Done done, Answer answer)
{
    const QPointer<QObject> listener(context);
    QMetaObject::invokeMethod(
        asked,
        [listener, guarded = context != nullptr, done = std::move(done),
         answer = std::move(answer)]() mutable {
            if (!guarded || listener)
                done(std::move(answer));
        },
        Qt::QueuedConnection);
}

} // namespace facetrack
