#include "console/tune/value_widget.h"

#include "console/core/setting_names.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <algorithm>
#include <cmath>

namespace facetrack::console {

namespace {

QHBoxLayout *rowIn(QWidget *widget)
{
    auto *const row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    return row;
}

class BoolWidget : public ValueWidget
{
public:
    explicit BoolWidget(const Parameter &parameter) : m_box(new QCheckBox(ValueWidget::tr("on")))
    {
        m_box->setAccessibleName(settingName(parameter));
        rowIn(this)->addWidget(m_box);
        connect(m_box, &QCheckBox::clicked, this, [this](bool on) { Q_EMIT edited(on); });
    }
    void show(const nlohmann::json &value) override { m_box->setChecked(value.is_boolean() && value.get<bool>()); }

private:
    QCheckBox *const m_box;
};

/// A slider in steps, and a field for the exact value; a zero that means something else is the
/// field's lowest value with its words.
class NumberWidget : public ValueWidget
{
public:
    explicit NumberWidget(const Parameter &parameter)
        : m_slider(new QSlider(Qt::Horizontal)), m_field(new QDoubleSpinBox),
          m_whole(parameter.type == ParameterType::Integer), m_step(parameter.step.value_or(m_whole ? 1 : 0.1)),
          m_min(parameter.min.value_or(0))
    {
        const double max = parameter.max.value_or(m_min + 100 * m_step);
        const int places = m_whole ? 0 : qBound(1, static_cast<int>(std::ceil(-std::log10(m_step))), 4);
        m_field->setDecimals(places);
        m_field->setRange(parameter.zero.empty() ? m_min : qMin(0.0, m_min), max);
        m_field->setMinimumWidth(92); // sliders end in one line
        m_field->setSingleStep(m_step);
        m_field->setKeyboardTracking(false);
        if (!parameter.unit.empty())
            m_field->setSuffix(QLatin1Char(' ') + QString::fromStdString(parameter.unit));
        if (!parameter.zero.empty())
            m_field->setSpecialValueText(settingZero(parameter));
        m_field->setAccessibleName(settingName(parameter));
        m_slider->setRange(0, static_cast<int>(std::lround((max - m_min) / m_step)));
        m_slider->setAccessibleName(ValueWidget::tr("%1, slider").arg(settingName(parameter)));
        auto *const row = rowIn(this);
        row->addWidget(m_slider, 1);
        row->addWidget(m_field);
        connect(m_slider, &QSlider::valueChanged, this, [this](int step) {
            const double value = m_min + step * m_step;
            const QSignalBlocker quiet(m_field);
            m_field->setValue(value);
            tell(value);
        });
        connect(m_field, &QDoubleSpinBox::valueChanged, this, [this](double value) {
            place(value);
            tell(value);
        });
    }

    void show(const nlohmann::json &value) override
    {
        if (!value.is_number())
            return;
        const QSignalBlocker quiet(m_field);
        m_field->setValue(value.get<double>());
        place(value.get<double>());
    }

    bool isHeld() const override { return m_slider->isSliderDown(); }

private:
    void place(double value)
    {
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(static_cast<int>(std::lround((value - m_min) / m_step)));
    }
    void tell(double value)
    {
        if (m_whole)
            Q_EMIT edited(static_cast<std::int64_t>(std::llround(value)));
        else
            Q_EMIT edited(std::round(value * 1e6) / 1e6);
    }

    QSlider *const m_slider;
    QDoubleSpinBox *const m_field;
    const bool m_whole;
    const double m_step, m_min;
};

class ChoiceWidget : public ValueWidget
{
public:
    explicit ChoiceWidget(const Parameter &parameter) : m_box(new QComboBox)
    {
        m_box->setAccessibleName(settingName(parameter));
        m_box->setEditable(parameter.type == ParameterType::Text);
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        for (const Choice &choice : parameter.choices) {
            m_box->addItem(QString::fromStdString(choice.value));
            m_box->setItemData(m_box->count() - 1, QString::fromStdString(choice.about), Qt::ToolTipRole);
        }
        rowIn(this)->addWidget(m_box, 1);
        connect(m_box, &QComboBox::activated, this, [this] { tell(); });
        if (m_box->lineEdit())
            connect(m_box->lineEdit(), &QLineEdit::editingFinished, this, [this] { tell(); });
    }

    void show(const nlohmann::json &value) override
    {
        m_shown = value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
        const QSignalBlocker quiet(m_box);
        if (!m_box->isEditable())
            return m_box->setCurrentText(m_shown);
        m_box->setEditText(m_shown);
        m_box->lineEdit()->setCursorPosition(0); // a long name shows its beginning
    }

    bool isHeld() const override { return m_box->isEditable() && m_box->lineEdit()->isModified(); }

private:
    void tell()
    {
        if (m_box->currentText() == m_shown)
            return;
        m_shown = m_box->currentText();
        Q_EMIT edited(m_shown.toStdString());
    }

    QComboBox *const m_box;
    QString m_shown;
};

/// "30x30"; both sides move together unless the second is set by itself.
class SizeWidget : public ValueWidget
{
public:
    explicit SizeWidget(const Parameter &parameter) : m_width(field(parameter)), m_height(field(parameter))
    {
        m_width->setAccessibleName(ValueWidget::tr("%1, width").arg(settingName(parameter)));
        m_height->setAccessibleName(ValueWidget::tr("%1, height").arg(settingName(parameter)));
        auto *const row = rowIn(this);
        row->addWidget(m_width, 1);
        row->addWidget(new QLabel(QStringLiteral("×")));
        row->addWidget(m_height, 1);
        connect(m_width, &QSpinBox::valueChanged, this, [this](int width) {
            const QSignalBlocker quiet(m_height);
            if (m_square)
                m_height->setValue(width);
            tell();
        });
        connect(m_height, &QSpinBox::valueChanged, this, [this] { tell(); });
    }

    void show(const nlohmann::json &value) override
    {
        const QString text = value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
        const QSignalBlocker quietWidth(m_width), quietHeight(m_height);
        m_width->setValue(text.section(QLatin1Char('x'), 0, 0).toInt());
        m_height->setValue(text.section(QLatin1Char('x'), 1, 1).toInt());
        m_square = m_width->value() == m_height->value();
    }

private:
    static QSpinBox *field(const Parameter &parameter)
    {
        auto *const spin = new QSpinBox;
        spin->setRange(parameter.zero.empty() ? static_cast<int>(parameter.min.value_or(1)) : 0,
                       static_cast<int>(parameter.max.value_or(8192)));
        spin->setSuffix(QStringLiteral(" px"));
        spin->setKeyboardTracking(false);
        if (!parameter.zero.empty())
            spin->setSpecialValueText(settingZero(parameter));
        return spin;
    }
    void tell()
    {
        m_square = m_width->value() == m_height->value();
        Q_EMIT edited(std::to_string(m_width->value()) + "x" + std::to_string(m_height->value()));
    }

    QSpinBox *const m_width, *const m_height;
    bool m_square = true;
};

class TextWidget : public ValueWidget
{
public:
    explicit TextWidget(const Parameter &parameter) : m_line(new QLineEdit)
    {
        m_line->setAccessibleName(settingName(parameter));
        if (parameter.maxLength > 0)
            m_line->setMaxLength(static_cast<int>(parameter.maxLength));
        rowIn(this)->addWidget(m_line, 1);
        connect(m_line, &QLineEdit::editingFinished, this, [this] {
            if (m_line->isModified())
                Q_EMIT edited(m_line->text().toStdString());
            m_line->setModified(false);
        });
    }
    void show(const nlohmann::json &value) override
    {
        m_line->setText(value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString());
    }
    bool isHeld() const override { return m_line->isModified(); }

private:
    QLineEdit *const m_line;
};

/// Places in the picture are edited there; here is how many there are.
class PlacesNote : public ValueWidget
{
public:
    PlacesNote() : m_words(new QLabel)
    {
        m_words->setWordWrap(true);
        rowIn(this)->addWidget(m_words, 1);
    }
    void show(const nlohmann::json &value) override
    {
        const bool shapes = value.is_array() && (value.empty() || value[0].is_object());
        m_words->setText(shapes ? ValueWidget::tr("%n drawn; edit on the page Calibrate", nullptr, static_cast<int>(value.size()))
                                : boxWords(value));
    }

private:
    static QString boxWords(const nlohmann::json &value)
    {
        if (value == nlohmann::json::array({0.0, 0.0, 1.0, 1.0}))
            return ValueWidget::tr("the whole picture");
        if (value.size() != 4 || !std::all_of(value.begin(), value.end(), [](const auto &side) { return side.is_number(); }))
            return QString::fromStdString(value.dump());
        const auto percent = [&value](std::size_t side) { return QLocale().toString(100 * value[side].get<double>(), 'f', 0); };
        return ValueWidget::tr("%1 × %2 % of the picture, from %3 % at the left and %4 % at the top")
            .arg(percent(2), percent(3), percent(0), percent(1));
    }

    QLabel *const m_words;
};

} // namespace

ValueWidget *makeValueWidget(const Parameter &parameter)
{
    switch (parameter.type) {
    case ParameterType::Bool: return new BoolWidget(parameter);
    case ParameterType::Integer:
    case ParameterType::Number: return new NumberWidget(parameter);
    case ParameterType::Choice: return new ChoiceWidget(parameter);
    case ParameterType::Size: return new SizeWidget(parameter);
    case ParameterType::Box:
    case ParameterType::Shapes: return new PlacesNote;
    case ParameterType::Text: break;
    }
    if (!parameter.choices.empty())
        return new ChoiceWidget(parameter);
    return new TextWidget(parameter);
}

} // namespace facetrack::console
