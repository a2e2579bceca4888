#pragma once
#include "console/calibrate/shape_tool.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

namespace facetrack::console {

/// The shapes at the side: draw a new one, choose one, name it, remove it.
class ShapesPanel : public QWidget
{
    Q_OBJECT

public:
    ShapesPanel(ShapeLists &lists, ShapeTool &tool);

Q_SIGNALS:
    /// A shape is to be drawn or was chosen: the picture may take the keyboard.
    void drawing();

private:
    void addKinds();
    void addList();
    void addFields();
    void showList();
    void showSelection();
    void showWords();
    void chosen();
    void edited();
    QString hint() const;

    ShapeLists &m_lists;
    ShapeTool &m_tool;
    std::array<QPushButton *, 3> m_kinds{};
    QListWidget *const m_list;
    QWidget *const m_fields;
    QLineEdit *const m_name;
    QLabel *const m_waysLabel;
    QLineEdit *const m_way1;
    QLineEdit *const m_way2;
    QPushButton *const m_remove;
    QPushButton *const m_undo;
    QLabel *const m_trouble;
    QLabel *const m_hint;
};

} // namespace facetrack::console
