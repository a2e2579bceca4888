# Some parts are not exported from the library; their tests compile them in.
facetrack_test(test_record SOURCES store/test_record.cpp)
facetrack_test(test_visit_record SOURCES store/test_visit_record.cpp)
facetrack_test(test_record_wire SOURCES store/test_record_wire.cpp)
facetrack_test(test_batch_size SOURCES store/test_batch_size.cpp)
facetrack_test(test_delivery_marks SOURCES store/test_delivery_marks.cpp
    ../libfacetrack/store/delivery_marks.cpp)
facetrack_test(test_journal SOURCES store/test_journal.cpp)
facetrack_test(test_journal_open SOURCES store/test_journal_open.cpp LIBRARIES SQLite::SQLite3)
facetrack_test(test_journal_bounds SOURCES store/test_journal_bounds.cpp)
facetrack_test(test_journal_clock SOURCES store/test_journal_clock.cpp)
facetrack_test(test_journal_sums SOURCES store/test_journal_sums.cpp LIBRARIES SQLite::SQLite3)
facetrack_test(test_journal_faults SOURCES store/test_journal_faults.cpp LIBRARIES SQLite::SQLite3)

add_executable(journal_writer "${CMAKE_CURRENT_LIST_DIR}/journal_writer.cpp")
target_include_directories(journal_writer PRIVATE "${PROJECT_SOURCE_DIR}")
target_link_libraries(journal_writer PRIVATE facetrack::facetrack)
facetrack_test(test_journal_kill SOURCES store/test_journal_kill.cpp TIMEOUT 300
    ENVIRONMENT "JOURNAL_WRITER=$<TARGET_FILE:journal_writer>")
add_dependencies(test_journal_kill journal_writer)

facetrack_test(test_cratedb_sink SOURCES store/test_cratedb_sink.cpp LIBRARIES fake_crate)
facetrack_test(test_uploader SOURCES store/test_uploader.cpp
    ../libfacetrack/store/upload_lanes.cpp)

facetrack_bench(bench_journal SOURCES bench/bench_journal.cpp LIBRARIES SQLite::SQLite3)
