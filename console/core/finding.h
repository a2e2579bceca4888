#pragma once
#include <QList>
#include <QString>

namespace facetrack::console {

enum class FindingState {
    Good,
    Attention, ///< works, but not as it should
    Bad,       ///< does not work
    Unknown,   ///< could not be looked at, or nobody tells
};

/// One thing that was looked at, in words.
struct Finding
{
    QString subject; ///< what it belongs to: an agent, a server
    QString item;    ///< "Focus"
    FindingState state = FindingState::Unknown;
    QString words;  ///< how it is
    QString advice; ///< what to do; empty when Good

    bool operator==(const Finding &) const = default;
};

/// "good", "look at it", "does not work", "not known".
QString stateWords(FindingState state);

/// How many are not Good, in one sentence; "All is well" when none is.
QString headline(const QList<Finding> &findings);
/// Bad before Attention before Unknown before Good; Unknown for an empty list.
FindingState worstOf(const QList<Finding> &findings);

} // namespace facetrack::console
