#pragma once
#include "console/core/agent_session.h"

#include <QDialog>

class QWidget;

namespace facetrack::console {

/// Asks for what an agent's trust needs now: its token, or a look at a certificate that is another
/// one than before. Does not block.
QDialog *askForTrust(QWidget *parent, AgentSession &session, const SecretStore &secrets);

} // namespace facetrack::console
