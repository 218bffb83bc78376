package io.github.rowwise.fuzz;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Says how long a property is searched. A build makes the tries of the annotation from a fixed seed, so that it has the same
 * result each time. {@code -Dfuzz.tries=10000} makes that many from a new seed, which a failure prints, and
 * {@code -Dfuzz.seed=42} takes a seed.
 */
public final class Bounded implements AroundPropertyHook {

    private static final String SEED_OF_BUILDS = "1";

    /** Given to a class, it holds for all its properties. */
    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Integer tries = Integer.getInteger("fuzz.tries");
        String seed = System.getProperty("fuzz.seed", tries == null ? SEED_OF_BUILDS : "");
        if (tries != null) {
            context.attributes().setTries(tries);
        }
        if (!seed.isEmpty()) {
            context.attributes().setSeed(seed);
        }
        return property.execute();
    }
}
