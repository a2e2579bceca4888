#include "console/core/finding.h"

#include <QCoreApplication>
#include <algorithm>

namespace facetrack::console {

namespace {

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("finding", text, nullptr, count);
}

int badness(FindingState state)
{
    switch (state) {
    case FindingState::Good: return 0;
    case FindingState::Unknown: return 1;
    case FindingState::Attention: return 2;
    case FindingState::Bad: return 3;
    }
    return 3;
}

} // namespace

QString stateWords(FindingState state)
{
    switch (state) {
    case FindingState::Good: return tr(QT_TRANSLATE_NOOP("finding", "good"));
    case FindingState::Attention: return tr(QT_TRANSLATE_NOOP("finding", "look at it"));
    case FindingState::Bad: return tr(QT_TRANSLATE_NOOP("finding", "does not work"));
    case FindingState::Unknown: return tr(QT_TRANSLATE_NOOP("finding", "not known"));
    }
    return {};
}

QString headline(const QList<Finding> &findings)
{
    const auto count = [&](FindingState state) {
        return static_cast<int>(std::count_if(findings.begin(), findings.end(), [state](const Finding &finding) {
            return finding.state == state;
        }));
    };
    QStringList parts;
    if (const int bad = count(FindingState::Bad))
        parts << tr(QT_TRANSLATE_NOOP("finding", "%1 not working")).arg(bad);
    if (const int attention = count(FindingState::Attention))
        parts << tr(QT_TRANSLATE_NOOP("finding", "%1 to look at")).arg(attention);
    if (const int unknown = count(FindingState::Unknown))
        parts << tr(QT_TRANSLATE_NOOP("finding", "%1 not known")).arg(unknown);
    if (findings.isEmpty())
        return tr(QT_TRANSLATE_NOOP("finding", "Nothing was looked at yet"));
    return parts.isEmpty() ? tr(QT_TRANSLATE_NOOP("finding", "All is well")) : parts.join(QStringLiteral(" · "));
}

FindingState worstOf(const QList<Finding> &findings)
{
    if (findings.isEmpty())
        return FindingState::Unknown;
    return std::max_element(findings.begin(), findings.end(), [](const Finding &a, const Finding &b) {
               return badness(a.state) < badness(b.state);
           })->state;
}

} // namespace facetrack::console
