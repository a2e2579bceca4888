#pragma once
#include "console/core/venue_profiles.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QWidget>

namespace facetrack::console {

/// The lines of one profile. What is typed is kept at once; the password when its line is left.
class VenueForm : public QWidget
{
    Q_OBJECT

public:
    explicit VenueForm(VenueProfiles &venues, QWidget *parent = nullptr);

    /// Shows this one from now on; empty: none.
    void show(const QString &name);
    using QWidget::show;
    QString name() const { return m_shown; }
    QString password() const { return m_password->text(); } ///< as it stands in its line
    void keepPassword();

Q_SIGNALS:
    void renamed(const QString &name);
    void edited();
    void trouble(const QString &words);

private:
    QLineEdit *addLine(const QString &label, const char *name, const QString &hint);
    QWidget *addCaLine();
    void keep();
    void rename();

    VenueProfiles &m_venues;
    QString m_shown;
    QLineEdit *m_name, *m_user, *m_password, *m_ca, *m_fingerprint, *m_schema, *m_relay;
    QPlainTextEdit *m_databases;
};

} // namespace facetrack::console
