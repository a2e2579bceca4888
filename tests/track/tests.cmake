facetrack_test(test_assignment SOURCES track/test_assignment.cpp)
facetrack_test(test_tracker SOURCES track/test_tracker.cpp)
facetrack_test(test_visit_book SOURCES track/test_visit_book.cpp)
facetrack_test(test_booth_visits SOURCES track/test_booth_visits.cpp track/visit_judge.cpp)
