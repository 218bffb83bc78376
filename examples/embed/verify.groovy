// Checks the output of the three builds in invoker.properties, which run all examples on each backend.
def log = new File(basedir, 'build.log').text
['ejml', 'ojalgo', 'nd4j'].each { assert log.contains("backend $it ") && log.contains("found $it: ") }
// A dependent project gets the right version of OpenBLAS, not the one that ND4J declares.
assert log.contains("with OpenBLAS ${openBlasVersion},")

// Apart from the lines that name it, the output does not depend on the backend.
def runs = log.split("== from arrays\n").drop(1)
assert runs.size() == 3
def common = runs.collect { run -> run.readLines().takeWhile { it != '== choosing a backend' } }
assert common.toSet().size() == 1

// Each example prints its results.
def lines = common[0]
// The true effect of shop i is i. At most one of eleven 95 % intervals may miss it.
def intervals = lines.findAll { it ==~ /shop \d+: .*interval.*/ }
assert intervals.size() == 11
assert intervals.count { line ->
    def (shop, low, high) = (line =~ /shop (\d+): .* interval (-?[\d.]+) to (-?[\d.]+),/)[0].drop(1)*.toDouble()
    low <= shop && shop <= high
} >= 10
assert lines.contains('shop 11: not estimable, never treated in a period with an outcome')
assert lines.any { it.startsWith('high dose: average ATE ') && it.endsWith('in 20 of 20 patients') }
assert lines.any { it.startsWith("rejected: only one unit, 'a'") }
assert lines.any { it.startsWith('rejected: treatment never varies between units within a period') }
assert lines.contains('same result from the file and from memory: true')
def (rowAverage, ate) = (lines.find { it.startsWith('row average ') } =~ /row average ([\d.]+), ATE ([\d.]+)/)[0].drop(1)
assert rowAverage == ate
assert lines.any { it ==~ /shop 11, never treated, week 1 without treatment: (49|50|51)\.\d; with: not estimable/ }
assert lines.contains('1 prediction, for shop 11; a prediction is not an estimate')
// On a confounded panel the factor model is near the truth.
assert ((lines.find { it.startsWith('simulated: ') } =~ /RMSE ([\d.]+),/)[0][1] as double) < 0.2
assert log.contains("rejected: no backend named 'abacus' is on the class path")
