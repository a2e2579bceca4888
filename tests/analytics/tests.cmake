facetrack_test(test_counts SOURCES analytics/test_counts.cpp)
# A real agent and the stand-in CrateDB.
facetrack_test(test_same_answers LABEL e2e TIMEOUT 300 SOURCES analytics/test_same_answers.cpp
    LIBRARIES agent_process fake_crate)
facetrack_bench(bench_analytics SOURCES bench/bench_analytics.cpp)
facetrack_test(test_event_report SOURCES analytics/test_event_report.cpp)
