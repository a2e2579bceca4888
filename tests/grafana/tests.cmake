# Every query of packaging/grafana, on the stand-in CrateDB.
facetrack_test(test_grafana LABEL e2e SOURCES grafana/test_grafana.cpp LIBRARIES fake_crate)
target_compile_definitions(test_grafana PRIVATE GRAFANA_FOLDER="${PROJECT_SOURCE_DIR}/packaging/grafana")
