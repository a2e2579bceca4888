#include "console/app/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

namespace facetrack::console {

namespace {

void install(const QLocale &locale, const QString &name, const QString &folder)
{
    auto *const translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(locale, name, QStringLiteral("_"), folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

void installTranslations(const QLocale &locale)
{
    const QString ours = QStringLiteral(":/translations");
    // English is only its plurals, and what the others fall back to; LANG=C needs them too.
    install(QLocale(QLocale::English), QStringLiteral("console"), ours);
    install(locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(locale, QStringLiteral("console"), ours);
}

} // namespace facetrack::console
