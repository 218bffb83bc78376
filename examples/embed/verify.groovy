// Checks the output of the three builds that invoker.properties names.
def log = new File(basedir, 'build.log').text
['ejml', 'ojalgo', 'nd4j'].each { assert log.contains("backend $it ") && log.contains("found $it: ") }
assert log.findAll(/singular values \S+ \S+/).toSet().size() == 1
// A dependent gets the OpenBLAS that is right, not the one that ND4J names.
assert log.contains("with OpenBLAS ${openBlasVersion},")
