#include "console/core/finding.h"

#include <QCoreApplication>
#include <algorithm>

namespace facetrack::console {

namespace {

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
    case FindingState::Good: return QCoreApplication::translate("finding", "good");
    case FindingState::Attention: return QCoreApplication::translate("finding", "look at it");
    case FindingState::Bad: return QCoreApplication::translate("finding", "does not work");
    case FindingState::Unknown: return QCoreApplication::translate("finding", "not known");
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
        parts << QCoreApplication::translate("finding", "%1 not working").arg(bad);
    if (const int attention = count(FindingState::Attention))
        parts << QCoreApplication::translate("finding", "%1 to look at").arg(attention);
    if (const int unknown = count(FindingState::Unknown))
        parts << QCoreApplication::translate("finding", "%1 not known").arg(unknown);
    if (findings.isEmpty())
        return QCoreApplication::translate("finding", "Nothing was looked at yet");
    return parts.isEmpty() ? QCoreApplication::translate("finding", "All is well") : parts.join(QStringLiteral(" · "));
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
