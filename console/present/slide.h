#pragma once
#include <QDateTime>
#include <QWidget>

namespace facetrack::console {

/// One thing that a presentation shows for some seconds. Its font is large already when it is shown.
class Slide : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    virtual QString title() const = 0;
    /// Of what is seen on it; null: nothing yet.
    virtual QDateTime lastUpdate() const = 0;
    /// Older than this is not as it should be.
    virtual std::chrono::seconds fresh() const = 0;
    /// There is something to show.
    virtual bool isWorthIt() const { return true; }

Q_SIGNALS:
    void updated();
};

} // namespace facetrack::console
