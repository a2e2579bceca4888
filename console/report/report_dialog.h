#pragma once
#include "console/report/report_job.h"
#include "console/shell/workspace.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimeEdit>

namespace facetrack::console {

/// File > Report…: which days and hours, of which place, and into which folder. What was chosen is
/// kept for the next time.
class ReportDialog : public QDialog
{
    Q_OBJECT

public:
    ReportDialog(Workspace &workspace, QWidget *parent);

private:
    void addForm();
    void addButtons();
    void restore();
    void keep() const;
    void chooseFolder();
    void make();
    void ask(const HistoryDesk::Maker &past);
    void write(const EventReport &report);
    void say(const QString &words);
    /// Why not, in words.
    Result<EventPlan> plan() const;

    Workspace &m_workspace;
    ReportJob m_job;
    QDateEdit *m_from, *m_to;
    QTimeEdit *m_opens, *m_closes;
    QComboBox *m_zone, *m_source;
    QLineEdit *m_folder;
    QLabel *m_state;
    QPushButton *m_make, *m_open;
    QString m_written; ///< the PDF
};

} // namespace facetrack::console
