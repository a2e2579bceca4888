#pragma once
#include "libfacetrack/config/parameter.h"

#include <QWidget>
#include <nlohmann/json.hpp>

namespace facetrack::console {

/// Edits one value, in the form that the API has for it.
class ValueWidget : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    /// Shows it without a signal.
    virtual void show(const nlohmann::json &value) = 0;
    /// A person is at it: what comes from elsewhere should wait.
    virtual bool isHeld() const { return false; }

Q_SIGNALS:
    void edited(const nlohmann::json &value);
};

/// The widget that fits the parameter's type and limits.
ValueWidget *makeValueWidget(const Parameter &parameter);

} // namespace facetrack::console
