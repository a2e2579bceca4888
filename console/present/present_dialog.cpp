#include "console/present/present_dialog.h"

#include "console/present/presentation.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>

namespace facetrack::console {

PresentWish presentWish(const ConsoleSettings &settings)
{
    // The last display, by default: where there are two it is the projector.
    const auto screens = static_cast<int>(QGuiApplication::screens().size());
    const auto usual = static_cast<int>(Presentation::usualPace.count());
    return {settings.value(QStringLiteral("present/screen"), screens).toInt(),
            std::chrono::seconds(std::max(3, settings.value(QStringLiteral("present/seconds"), usual).toInt()))};
}

QScreen *screenOf(int number)
{
    const QList<QScreen *> screens = QGuiApplication::screens();
    return number >= 1 && number <= screens.size() ? screens[number - 1] : screens.value(0);
}

PresentDialog::PresentDialog(ConsoleSettings &settings, QWidget *parent)
    : QDialog(parent), m_settings(settings), m_screen(new QComboBox), m_each(new QSpinBox)
{
    setObjectName(QStringLiteral("presentDialog"));
    setWindowTitle(tr("Present"));
    const PresentWish wish = presentWish(settings);
    const QList<QScreen *> screens = QGuiApplication::screens();
    for (qsizetype n = 0; n < screens.size(); ++n)
        m_screen->addItem(tr("%1: %2, %3 x %4").arg(n + 1).arg(screens[n]->name()).arg(screens[n]->size().width()).arg(screens[n]->size().height()));
    m_screen->setCurrentIndex(std::clamp(wish.screen - 1, 0, m_screen->count() - 1));
    m_screen->setAccessibleName(tr("Display"));
    m_each->setObjectName(QStringLiteral("presentSeconds"));
    m_each->setRange(3, 600);
    m_each->setValue(static_cast<int>(wish.each.count()));
    m_each->setSuffix(tr(" s"));
    m_each->setAccessibleName(tr("Seconds for each slide"));
    auto *const form = new QFormLayout(this);
    form->addRow(tr("Display"), m_screen);
    form->addRow(tr("Each slide"), m_each);
    form->addRow(new QLabel(tr("Escape ends it, the arrow keys turn the page. F11 starts it on this display from now on.")));
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *const start = buttons->addButton(tr("Present"), QDialogButtonBox::AcceptRole);
    start->setObjectName(QStringLiteral("presentStart"));
    form->addRow(buttons);
    start->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        m_settings.set(QStringLiteral("present/screen"), m_screen->currentIndex() + 1);
        m_settings.set(QStringLiteral("present/seconds"), m_each->value());
        accept();
    });
}

} // namespace facetrack::console
