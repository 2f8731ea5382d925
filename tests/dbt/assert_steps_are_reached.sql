{{ config(severity='warn') }}

{% call if_built() %}
with

listed as (

    {{ funnel_steps() }}

),

reached as (

    select distinct step from {{ ref('acquisition_steps_daily') }}

)

select listed.step
from listed
left join reached
    on listed.step = reached.step
where reached.step is null
    and listed.step not in ('visit', 'sign_up', 'first_payment')
{% endcall %}
